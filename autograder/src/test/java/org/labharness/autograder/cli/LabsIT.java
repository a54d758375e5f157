package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** The bundled labs measure what they say. */
class LabsIT {
    @TempDir
    Path folder;

    @Test
    void the_solution_of_a_bundled_lab_earns_every_point() {
        Path home = RealHome.warm(folder.resolve("home"));
        Settings settings = new Settings(Map.of("LAB_HOME", home.toString()));
        Path solution = LabOption.folder(settings, "dvc-pipeline").resolve("solution");
        try (RepositoryBuilder repository = RepositoryBuilder.create(folder.resolve("student-01"))) {
            repository.writeAll(solution).commit("Hand in", Instant.parse("2026-10-01T12:00:00Z"));
        }

        Result result = new Cli(home)
                .with(System.getenv())
                .run("grade", folder.resolve("student-01").toString(), "--lab", "dvc-pipeline", "--min-score", "50");

        assertThat(result.exit()).as(result.words()).isZero();
        assertThat(result.out()).contains("50 of 50");
    }

    /** Of each lab one that loses much; where the harness learns to run what it could not, such a one shows it first. */
    @ParameterizedTest
    @CsvSource({
        "dvc-pipeline, stage-fails",
        "mlflow-tracking, no-run",
        "any-pipeline, made-up-metrics",
        "teamwork, all-on-main",
        "onnx-registry, training-score",
        "model-service, dies-on-bad-input",
        "uat-project, no-mlproject"
    })
    void a_faulty_submission_earns_what_the_lab_expects(String lab, String sample) {
        Result result = new Cli(RealHome.warm(folder.resolve("home")))
                .with(System.getenv())
                .run("verify", lab, "--sample", sample);

        assertThat(result.exit()).as(result.words()).isZero();
        assertThat(result.out()).contains("ok  " + sample);
    }

    @Test
    @Tag("full")
    void every_sample_of_every_lab_earns_what_the_lab_expects() {
        Result result = new Cli(RealHome.warm(folder.resolve("home")))
                .with(System.getenv())
                .run("verify", "all");

        assertThat(result.exit()).as(result.words()).isZero();
    }
}
