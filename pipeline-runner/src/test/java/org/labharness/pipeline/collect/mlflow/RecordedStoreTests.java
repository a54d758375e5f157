package org.labharness.pipeline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.labharness.pipeline.collect.mlflow.TrackingCollector.Collected;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TrackingStore.ModelVersion;
import org.labharness.pipeline.evidence.TrackingStore.RegisteredModel;

/** Stores that real versions of MLflow wrote: {@code src/test/resources/mlflow-stores/README.md} says how. */
class RecordedStoreTests {
    private static final List<String> VERSIONS =
            List.of("2.8.1", "2.16.2", "2.22.1", "3.1.4", "3.5.1", "3.9.0", "3.14.0", "3.17.2");

    /** Databases that were made already: each is asked many things. */
    @TempDir
    private static Path made;

    @TempDir
    private Path tree;

    static Stream<String> stores() {
        return VERSIONS.stream().flatMap(version -> Stream.of(version + ".sql", version + ".files"));
    }

    static Stream<String> withLoggedModels() {
        return stores().filter(store -> store.startsWith("3.") || store.endsWith(".files"));
    }

    private Collected collected(String store) throws IOException, SQLException {
        String text;
        try (InputStream in =
                Objects.requireNonNull(RecordedStoreTests.class.getResourceAsStream("/mlflow-stores/" + store))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (store.endsWith(".sql")) {
            database(store, text);
        } else {
            folder(text);
        }
        return new TrackingCollector(Caps.DEFAULT, FileStore.STANDING_CLOCK).collect(tree, Snapshot.empty());
    }

    private void database(String store, String text) throws IOException, SQLException {
        Path database = made.resolve(store);
        if (!Files.exists(database)) {
            make(database, text);
        }
        Files.copy(database, tree.resolve("mlflow.db"));
    }

    private static void make(Path database, String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String line : text.lines().toList()) {
                statement.execute(line);
            }
            connection.commit();
        }
    }

    private void folder(String text) throws IOException {
        for (String file : text.substring("==> ".length()).split("\n==> ", -1)) {
            Path path = tree.resolve(file.substring(0, file.indexOf('\n')));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.substring(file.indexOf('\n') + 1));
        }
    }

    private static List<MlflowRun> runs(Collected collected) {
        return collected.stores().getFirst().newRuns();
    }

    private static MlflowRun run(Collected collected, String name) {
        return runs(collected).stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void allRunsOfTheStudentAreReadAndNoneThatWasDeletedOrIsMlflowsOwn(String store) throws Exception {
        Collected collected = collected(store);

        assertThat(collected.findings()).isEmpty();
        assertThat(collected.stores()).hasSize(1);
        assertThat(collected.stores().getFirst().experiments()).containsExactlyInAnyOrder("bean-yield", "Default");
        assertThat(runs(collected))
                .extracting(MlflowRun::name)
                .containsExactlyInAnyOrder(
                        "trees-10",
                        "trees-50",
                        "split-70-30",
                        "split-80-20",
                        "grid",
                        "depth-2",
                        "depth-3",
                        "diverged",
                        "broken",
                        "never-ended",
                        "in-default");
        assertThat(runs(collected).stream().filter(run -> !run.status().equals("FINISHED")))
                .extracting(run -> run.name() + " " + run.status())
                .containsExactlyInAnyOrder("broken FAILED", "never-ended RUNNING");
        assertThat(run(collected, "depth-2").tags())
                .containsEntry("mlflow.parentRunId", run(collected, "grid").id());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aRunHasItsParamsMetricsStepsAndTags(String store) throws Exception {
        MlflowRun run = run(collected(store), "trees-10");

        assertThat(run.params()).containsEntry("trees", "10").containsEntry("seed", "7");
        assertThat(run.metrics()).containsEntry("loss", 0.2).containsEntry("macro_f1", 0.91);
        assertThat(run.history()).containsOnlyKeys("loss");
        assertThat(run.history().get("loss"))
                .extracting(TrackingStore.Step::step)
                .containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(run.tags()).containsEntry("who", "a student");
        assertThat(run.experiment()).isEqualTo("bean-yield");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void metricsThatAreNoNumbersAreNotTakenForSome(String store) throws Exception {
        assertThat(run(collected(store), "diverged").metrics())
                .isEqualTo(Map.of(
                        "loss", Double.NaN, "ratio", Double.POSITIVE_INFINITY, "drop", Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @MethodSource("withLoggedModels")
    void modelsAreFoundThoughTheStoreNamesPathsOfAnotherMachine(String store) throws Exception {
        Collected collected = collected(store);

        assertThat(run(collected, "trees-50").models()).containsExactly("model");
        assertThat(run(collected, "split-70-30").models()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void registeredVersionsHaveTheirRunAliasAndStageAndPromptsAreNone(String store) throws Exception {
        Collected collected = collected(store);
        List<RegisteredModel> models = collected.stores().getFirst().registeredModels();

        assertThat(models).extracting(RegisteredModel::name).containsExactly("beans", "orphan");
        assertThat(models.get(1).versions()).isEmpty();
        List<ModelVersion> versions = models.getFirst().versions();
        assertThat(versions)
                .extracting(version -> version.version() + " " + version.aliases() + " " + version.stage())
                .containsExactly(
                        store.equals("3.1.4.files") ? "1 [] None" : "1 [] Staging", // this version fails to set a stage
                        "2 [champion] None");
        assertThat(versions.getLast().runId())
                .isEqualTo(run(collected, "trees-50").id());
    }
}
