package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** Work that runs in its own way, or only in part, graded for real. */
class HonestRunsIT {
    private static final Instant COMMITTED = Instant.parse("2026-03-01T12:00:00Z");
    private static final String REQUIREMENTS = """
            mlflow==3.9.0
            pandas==2.3.3
            pyyaml==6.0.3
            scikit-learn==1.7.2
            """;
    /** With parameters of its own, or none. */
    private static final String PROJECT = """
            id: vines
            title: A project
            points: 8
            environment: {python: "3.11"}
            limits: {time: 4m, memory: 1GiB, disk: 128MiB}
            run: {mlproject: {entry: main%s}}
            checks:
              - {id: runs, title: It runs, points: 2, reproduces: all}
              - {id: tracked, title: A run is tracked, points: 2, mlflow-runs: {min: 1}}
              - {id: carried, title: The run says with what, points: 4, runs-carry: {params: [alpha], metrics: [twice]}}
            """;

    @TempDir
    Path folder;

    private Map<String, String> grade(Path repository, Path lab) throws IOException {
        return Graded.points(folder.resolve("home"), repository, lab);
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
                    .write("requirements.txt", REQUIREMENTS)
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
        Files.writeString(lab.resolve("lab.yaml"), PROJECT.formatted(", parameters: {alpha: 0.4}"));

        Map<String, String> points = grade(repository, lab);

        assertThat(points.get("runs")).startsWith("2: ");
        assertThat(points.get("tracked")).startsWith("2: 1 finished MLflow run");
        assertThat(points.get("carried")).startsWith("4: ");
    }

    /**
     * It takes the address of its store from a parameter, so that the run that {@code mlflow run} began is not in it, and sets an
     * experiment of its own.
     */
    @Test
    void an_mlproject_whose_parameter_says_where_to_track_is_given_our_server() throws Exception {
        Path repository = folder.resolve("project");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("MLproject", """
                            name: vines
                            entry_points:
                              main:
                                parameters:
                                  tracking_uri: {type: string, default: "sqlite:///mlflow.db"}
                                  alpha: {type: float, default: 0.4}
                                command: "python train.py {tracking_uri} {alpha}"
                            """)
                    .write("requirements.txt", REQUIREMENTS)
                    .write("train.py", """
                            import sys
                            import mlflow
                            mlflow.set_tracking_uri(sys.argv[1])
                            mlflow.set_experiment("vines")
                            with mlflow.start_run():
                                mlflow.log_metric("twice", 2 * float(sys.argv[2]))
                            """)
                    .commit("Hand in", COMMITTED);
        }
        Path lab = Files.createDirectories(folder.resolve("lab"));
        Files.writeString(lab.resolve("lab.yaml"), PROJECT.formatted(""));

        Map<String, String> points = grade(repository, lab);

        assertThat(points.get("runs")).startsWith("2: ");
        assertThat(points.get("tracked")).startsWith("2: 1 finished MLflow run");
        assertThat(points.get("carried")).as("what only mlflow run logs").startsWith("4: ");
    }
}
