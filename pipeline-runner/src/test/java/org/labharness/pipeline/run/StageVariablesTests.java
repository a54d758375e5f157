package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.environment.PreparedEnvironment;
import org.labharness.pipeline.evidence.EnvironmentFacts;

class StageVariablesTests {
    /** A client of MLflow's own asks five times, which is four minutes where nothing listens. */
    @Test
    void trackingGoesToTheServerOfTheSubmissionAndGivesUpSoon() {
        EnvironmentFacts facts =
                new EnvironmentFacts("3.11", List.of(), List.of(), List.of(), List.of(), null, null, "");

        Map<String, String> variables = StageVariables.of(
                new PreparedEnvironment(facts, null, PythonVersion.PY311), "http://127.0.0.1:5000", 2.0);

        assertThat(variables)
                .containsEntry("MLFLOW_TRACKING_URI", "http://127.0.0.1:5000")
                .containsEntry("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
                .containsEntry("MPLBACKEND", "Agg")
                .containsEntry("DVC_SITE_CACHE_DIR", "/tmp/dvc")
                .doesNotContainKey("JAVA_HOME");
        assertThat(variables.get("PATH")).startsWith("/env/bin:").endsWith(":/opt/lab/last");
    }
}
