package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleasesTests {
    private static List<String> asOf(String day) {
        return Releases.asOf(Instant.parse(day + "T00:00:00Z"));
    }

    @Test
    void nothingNewerThanTheDayIsNamed() {
        assertThat(asOf("2026-02-06")).contains("setuptools<=80.10.2");
        assertThat(asOf("2026-02-07")).contains("setuptools<=81.0.0");
    }

    @Test
    void everyPackageThatBrokeHonestWorkIsInTheList() {
        assertThat(asOf("2026-11-01"))
                .extracting(line -> line.substring(0, line.indexOf("<=")))
                .contains(
                        "mlflow",
                        "pandas",
                        "numpy",
                        "scikit-learn",
                        "sqlalchemy",
                        "setuptools",
                        "pathspec",
                        "skops",
                        "dvc",
                        "torch");
    }

    @Test
    void theOldestKnownVersionHoldsForEverythingBefore() {
        assertThat(asOf("2022-01-02")).anyMatch(line -> line.startsWith("pandas<=1.3"));
        assertThat(asOf("2021-01-01")).isEmpty();
    }
}
