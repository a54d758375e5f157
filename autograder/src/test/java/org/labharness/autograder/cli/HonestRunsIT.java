package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** Work that runs in its own way, or only in part, graded for real. */
class HonestRunsIT {
    private static final Instant COMMITTED = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    /** Points by check. */
    private Map<String, String> grade(Path repository, Path lab) throws IOException {
        Path home = RealHome.warm(folder.resolve("home"));
        Result result = new Cli(home)
                .with(System.getenv())
                .run("grade", repository.toString(), "--lab", lab.toString(), "--json", "-");
        assertThat(result.exit()).as(result.words()).isZero();
        JsonNode verdict = new ObjectMapper().readTree(result.out());
        Map<String, String> points = new TreeMap<>();
        verdict.path("checks")
                .forEach(check -> points.put(
                        check.path("id").asText(),
                        check.path("points").asText() + ": "
                                + check.path("message").asText()));
        return points;
    }

    @Test
    @Tag("full")
    void runs_and_registered_versions_that_were_finished_before_the_time_was_up_count() throws Exception {
        Path repository = Tiny.tracking(folder.resolve("slow"), "", """
                ask("registered-models/create", name="beans")
                ask("model-versions/create", name="beans", source="runs:/" + run + "/model", run_id=run)
                while True: pass
                """);
        Path lab = Tiny.lab(folder.resolve("lab"), "60s");
        Path yaml = lab.resolve("lab.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("points: 10", "points: 12") + """
                  - {id: registered, title: A model is registered, points: 2, registered-model: {name: beans, min-versions: 1}}
                """);

        Map<String, String> points = grade(repository, lab);

        assertThat(points.get("tracked")).startsWith("1: 1 finished MLflow run made by this grading");
        assertThat(points.get("registered")).isEqualTo("2: Registered by this grading's runs: beans (1 version).");
        assertThat(points.get("runs")).contains("was stopped at the time limit of 60 s");
    }

    /**
     * It leaves its parameters to {@code mlflow run} and sets an experiment of its own, so that only the way with that experiment's name
     * gives a run that carries them.
     */
    @Test
    void an_mlproject_is_run_as_mlflow_runs_it() throws Exception {
        Path repository = folder.resolve("project");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("MLproject", """
                            name: vines
                            conda_env: conda.yaml
                            entry_points:
                              main:
                                parameters:
                                  alpha: {type: float, default: 0.1}
                                command: "python train.py --alpha {alpha}"
                            """)
                    .write("conda.yaml", "dependencies: [python=3.11, pip: [mlflow]]\n")
                    .write("requirements.txt", """
                            mlflow==3.9.0
                            pandas==2.3.3
                            pyyaml==6.0.3
                            scikit-learn==1.7.2
                            """)
                    .write("train.py", """
                            import sys
                            import mlflow
                            mlflow.set_experiment("vines")
                            with mlflow.start_run():
                                mlflow.log_metric("twice", 2 * float(sys.argv[2]))
                            """)
                    .commit("Hand in", COMMITTED);
        }
        Path lab = Files.createDirectories(folder.resolve("lab"));
        Files.writeString(lab.resolve("lab.yaml"), """
                id: vines
                title: A project
                points: 8
                environment: {python: "3.11"}
                limits: {time: 4m, memory: 1GiB, disk: 128MiB}
                run: {mlproject: {entry: main, parameters: {alpha: 0.4}}}
                checks:
                  - {id: runs, title: It runs, points: 2, reproduces: all}
                  - {id: tracked, title: A run is tracked, points: 2, mlflow-runs: {min: 1}}
                  - {id: carried, title: The run says with what, points: 4, runs-carry: {params: [alpha], metrics: [twice]}}
                """);

        Map<String, String> points = grade(repository, lab);

        assertThat(points.get("runs")).startsWith("2: ");
        assertThat(points.get("tracked")).startsWith("2: 1 finished MLflow run");
        assertThat(points.get("carried")).startsWith("4: ");
    }
}
