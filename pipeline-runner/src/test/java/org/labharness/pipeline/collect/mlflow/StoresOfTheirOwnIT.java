package org.labharness.pipeline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.WholeRun;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** A real MLflow in a stage, which logs wherever the student's code says, whatever the harness and {@code .gitignore} say. */
@Timeout(300)
class StoresOfTheirOwnIT {
    private static final String REQUIREMENTS = """
            mlflow==3.9.0
            pandas==2.3.3
            pyyaml==6.0.3
            scikit-learn==1.7.2
            """;
    private static final String LAB = """
            id: tracked
            title: Tracked
            points: 1
            environment: {python: "3.11"}
            limits: {time: 3m, memory: 1GiB, disk: 128MiB}
            run: dvc
            checks:
              - {id: runs, title: Runs, points: 1, mlflow-runs: {min: 1}}
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @TempDir
    private Path folder;

    private Evidence run(String... script) throws IOException {
        Path repository = folder.resolve("student");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("requirements.txt", REQUIREMENTS)
                    .write(".gitignore", "mlruns/\n*.db\n*\n!*.py\n")
                    .write("train.py", String.join("\n", script))
                    .write("dvc.yaml", "stages:\n  train: {cmd: python train.py, deps: [train.py]}\n")
                    .commit("Hand in", Instant.parse("2026-03-01T12:00:00Z"));
        }
        Evidence evidence = RUN.of(repository, LAB, Progress.SILENT);
        assertThat(evidence.run().stages())
                .as(evidence.run().toString())
                .extracting(StageRun::status)
                .containsExactly(Status.RAN);
        return evidence;
    }

    private static TrackingStore store(Evidence evidence, String name) {
        return evidence.tracking().stream()
                .filter(store -> store.store().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + evidence.tracking()));
    }

    @Test
    @Tag("full")
    void are_all_found_where_code_sets_the_variable_itself_and_git_ignores_the_place() throws Exception {
        Evidence evidence = run("""
                import multiprocessing, os

                def log(place):
                    os.environ["MLFLOW_TRACKING_URI"] = place
                    import mlflow
                    with mlflow.start_run(run_name=place):
                        mlflow.log_param("trees", 100)
                        mlflow.log_metric("f1", 0.75)

                for place in ["file:./mlruns", "sqlite:///mlflow.db", "sqlite:///mlruns/mlflow.db", "sqlite:///mlruns.db"]:
                    process = multiprocessing.Process(target=log, args=[place])
                    process.start()
                    process.join()
                    assert process.exitcode == 0, place
                """);

        assertThat(evidence.tracking())
                .filteredOn(store -> !store.newRuns().isEmpty())
                .extracting(store -> store.store() + " "
                        + store.newRuns().stream().map(MlflowRun::name).toList())
                .containsExactlyInAnyOrder(
                        "mlflow.db [sqlite:///mlflow.db]",
                        "mlruns/mlflow.db [sqlite:///mlruns/mlflow.db]",
                        "mlruns.db [sqlite:///mlruns.db]",
                        "mlruns [file:./mlruns]");
        assertThat(evidence.tracking()).flatExtracting(TrackingStore::newRuns).allSatisfy(run -> {
            assertThat(run.status()).isEqualTo("FINISHED");
            assertThat(run.params()).containsEntry("trees", "100");
            assertThat(run.metrics()).containsEntry("f1", 0.75);
        });
    }

    /** A clone's origin would be a folder of the grader's machine, or an address with who knows what in it. */
    @Test
    void no_run_is_tagged_with_where_the_harness_took_the_repository_from() throws Exception {
        Evidence evidence = run("""
                import mlflow, subprocess
                with mlflow.start_run(run_name="tagged"):
                    mlflow.log_param("remotes", subprocess.check_output(["git", "remote", "-v"], text=True) or "none")
                    mlflow.log_param("config", open(".git/config").read())
                """);

        MlflowRun run = store(evidence, "server").newRuns().getFirst();
        assertThat(run.params()).containsEntry("remotes", "none");
        assertThat(run.tags())
                .containsEntry("mlflow.source.name", "train.py")
                .containsEntry("mlflow.source.git.commit", evidence.submission().commit());
        for (String where : List.of(folder.toString(), "://", "origin")) {
            assertThat(run.tags().values()).noneMatch(value -> value.contains(where));
            assertThat(run.params().values()).noneMatch(value -> value.contains(where));
        }
    }
}
