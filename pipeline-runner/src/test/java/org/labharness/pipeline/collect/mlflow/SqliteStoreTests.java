package org.labharness.pipeline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;
import org.labharness.pipeline.collect.mlflow.TrackingCollector.Collected;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

class SqliteStoreTests {
    private static final String OLD = "a".repeat(32);
    private static final String NEW = "b".repeat(32);
    private static final String FAILED = "c".repeat(32);
    private static final String LOGGED = "m-" + "d".repeat(32);

    /** As MLflow 2.8 made them, columns that are of no interest left out. */
    private static final List<String> TABLES = List.of(
            "CREATE TABLE experiments (experiment_id INTEGER NOT NULL, name VARCHAR(256), artifact_location VARCHAR(256),"
                    + " lifecycle_stage VARCHAR(32))",
            "CREATE TABLE runs (run_uuid VARCHAR(32) NOT NULL, name VARCHAR(250), status VARCHAR(9), start_time BIGINT,"
                    + " lifecycle_stage VARCHAR(20), artifact_uri VARCHAR(200), experiment_id INTEGER)",
            "CREATE TABLE params (key VARCHAR(250), value VARCHAR(500), run_uuid VARCHAR(32))",
            "CREATE TABLE tags (key VARCHAR(250), value VARCHAR(5000), run_uuid VARCHAR(32))",
            "CREATE TABLE metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, run_uuid VARCHAR(32), step BIGINT,"
                    + " is_nan BOOLEAN)",
            "CREATE TABLE latest_metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, step BIGINT, is_nan BOOLEAN,"
                    + " run_uuid VARCHAR(32))",
            "CREATE TABLE registered_models (name VARCHAR(256))",
            "CREATE TABLE model_versions (name VARCHAR(256), version INTEGER, current_stage VARCHAR(20), source VARCHAR(500),"
                    + " run_id VARCHAR(32))",
            "CREATE TABLE model_version_tags (key VARCHAR(250), value TEXT, name VARCHAR(256), version INTEGER)",
            "CREATE TABLE registered_model_tags (key VARCHAR(250), value TEXT, name VARCHAR(256))",
            "CREATE TABLE registered_model_aliases (alias VARCHAR(256), version INTEGER, name VARCHAR(256))",
            "INSERT INTO experiments VALUES (0, 'Default', '', 'active'), (1, 'wine', '', 'active'),"
                    + " (2, 'MLflow Demo', '', 'active')",
            "INSERT INTO runs VALUES ('" + OLD + "', 'committed', 'FINISHED', 1, 'active', '', 1)");

    private static final List<String> RUN = List.of(
            "INSERT INTO runs VALUES ('" + NEW + "', 'fresh', 'FINISHED', 2, 'active', '', 1),"
                    + " ('" + FAILED + "', 'broken', 'FAILED', 3, 'active', '', 1),"
                    + " ('" + "e".repeat(32) + "', 'demo', 'FINISHED', 4, 'active', '', 2),"
                    + " ('" + "f".repeat(32) + "', 'gone', 'FINISHED', 5, 'deleted', '', 1)",
            "INSERT INTO params VALUES ('alpha', '0.1', '" + NEW + "')",
            "INSERT INTO tags VALUES ('who', 'me', '" + NEW + "')",
            "INSERT INTO latest_metrics VALUES ('loss', 0.25, 9, 2, 0, '" + NEW + "'), ('bad', 0, 9, 0, 1, '" + NEW
                    + "')",
            "INSERT INTO metrics VALUES ('loss', 1.0, 7, '" + NEW + "', 0, 0), ('loss', 0.5, 8, '" + NEW + "', 1, 0),"
                    + " ('loss', 0.25, 9, '" + NEW + "', 2, 0)");

    @TempDir
    private Path tree;

    private final TrackingCollector collector = new TrackingCollector(Caps.DEFAULT, FileStore.STANDING_CLOCK);

    private void run(String file, List<String> statements) throws IOException, SQLException {
        Path path = tree.resolve(file);
        Files.createDirectories(path.getParent());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private TrackingStore store() {
        return collector.collect(tree, Snapshot.empty()).stores().getFirst();
    }

    @Test
    void runsOfTheHarnesssRunAreNewAndCommittedOnesAreOld() throws Exception {
        run("mlflow.db", TABLES);
        Snapshot before = FileStore.snapshot(tree);
        run("mlflow.db", RUN);

        TrackingStore store = collector.collect(tree, before).stores().getFirst();

        assertThat(store.kind()).isEqualTo(TrackingStore.Kind.SQLITE);
        assertThat(store.oldRuns()).isEqualTo(1);
        assertThat(store.newRuns()).extracting(MlflowRun::name).containsExactly("fresh", "broken");
        assertThat(store.experiments()).containsExactly("wine");
    }

    @Test
    void aRunHasItsParamsTagsMetricsAndSteps() throws Exception {
        run("data/runs.sqlite", TABLES);
        run("data/runs.sqlite", RUN);

        MlflowRun run = store().newRuns().get(1);

        assertThat(run.status()).isEqualTo("FINISHED");
        assertThat(run.params()).containsEntry("alpha", "0.1");
        assertThat(run.tags()).containsEntry("who", "me");
        assertThat(run.metrics()).containsEntry("loss", 0.25).containsEntry("bad", Double.NaN);
        assertThat(run.history().get("loss"))
                .extracting(TrackingStore.Step::value)
                .containsExactly(1.0, 0.5, 0.25);
    }

    @Test
    void artifactsAreFoundInTheTreeByTheIdOfTheRun() throws Exception {
        run("mlflow.db", TABLES);
        run("mlflow.db", RUN);
        new FileStore(tree.resolve("mlruns")).write("1/" + NEW + "/artifacts/model/MLmodel", "flavors: {}");

        assertThat(store().newRuns().get(1).models()).containsExactly("model");
    }

    @Test
    void tablesAndColumnsOfLaterVersionsAreReadWhereTheyAre() throws Exception {
        run("mlflow.db", TABLES);
        run("mlflow.db", RUN);
        run(
                "mlflow.db",
                List.of(
                        "ALTER TABLE model_versions ADD COLUMN workspace VARCHAR(63) DEFAULT 'default' NOT NULL",
                        "CREATE TABLE logged_models (model_id VARCHAR(36), name VARCHAR(500), source_run_id VARCHAR(32),"
                                + " lifecycle_stage VARCHAR(32))",
                        "INSERT INTO logged_models VALUES ('" + LOGGED + "', 'forest', '" + NEW + "', 'active')",
                        "INSERT INTO registered_models VALUES ('wine'), ('greeting')",
                        "INSERT INTO registered_model_tags VALUES ('mlflow.prompt.is_prompt', 'true', 'greeting')",
                        "INSERT INTO registered_model_aliases VALUES ('champion', 2, 'wine')",
                        "INSERT INTO model_versions (name, version, current_stage, source, run_id) VALUES"
                                + " ('wine', 1, 'Staging', 's', '" + NEW + "'), ('wine', 2, 'None', 'models:/" + LOGGED
                                + "', ''),"
                                + " ('wine', 3, 'None', 'elsewhere', ''), ('greeting', 1, 'None', 's', '" + NEW
                                + "')"));

        TrackingStore store = store();

        assertThat(store.newRuns().get(1).models()).containsExactly("forest");
        assertThat(store.newRuns().get(1).modelIds()).containsEntry("forest", LOGGED);
        assertThat(store.registeredModels())
                .singleElement()
                .satisfies(model -> assertThat(model.versions())
                        .extracting(version -> version.version()
                                + version.stage()
                                + version.aliases()
                                + version.runId().equals(NEW))
                        .containsExactly("1Staging[]true", "2None[champion]true"));
    }

    @Test
    void whatTheTagSaysIsMlflowsOwnDemoDoesNotCount() throws Exception {
        run("mlflow.db", TABLES);
        run("mlflow.db", RUN);
        run(
                "mlflow.db",
                List.of(
                        "INSERT INTO registered_models VALUES ('whole'), ('mixed'), ('demo')",
                        "INSERT INTO registered_model_tags VALUES ('demo', 'true', 'whole'), ('demo', 'false', 'demo')",
                        "INSERT INTO model_version_tags VALUES ('demo', 'true', 'mixed', 1),"
                                + " ('mlflow.prompt.is_prompt', 'true', 'mixed', 2), ('demo', 'my first one', 'demo', 1)",
                        "INSERT INTO model_versions (name, version, current_stage, source, run_id) VALUES"
                                + " ('whole', 1, 'None', 's', '" + NEW + "'), ('mixed', 1, 'None', 's', '" + NEW
                                + "'), ('mixed', 2, 'None', 's', '" + NEW + "'), ('demo', 1, 'None', 's', '" + NEW
                                + "')"));

        assertThat(store().registeredModels())
                .extracting(model -> model.name() + " " + model.versions().size())
                .containsExactlyInAnyOrder("mixed 0", "demo 1");
    }

    @Test
    void tablesOfTheOldestVersionsSuffice() throws Exception {
        run(
                "mlflow.db",
                List.of(
                        "CREATE TABLE experiments (experiment_id INTEGER, name VARCHAR(256))",
                        "CREATE TABLE runs (run_uuid VARCHAR(32), name VARCHAR(250), status VARCHAR(9), experiment_id INTEGER)",
                        "CREATE TABLE metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, run_uuid VARCHAR(32))",
                        "INSERT INTO experiments VALUES (0, 'Default')",
                        "INSERT INTO runs VALUES ('" + NEW + "', 'old times', 'FINISHED', 0)",
                        "INSERT INTO metrics VALUES ('loss', 0.5, 7, '" + NEW + "')"));

        assertThat(store().newRuns())
                .singleElement()
                .satisfies(run -> assertThat(run.metrics()).containsEntry("loss", 0.5));
        assertThat(store().experiments()).containsExactly("Default");
    }

    @Test
    void aDatabaseOfSomethingElseIsNoStore() throws Exception {
        run("app.db", List.of("CREATE TABLE users (id INTEGER)"));

        assertThat(collector.collect(tree, Snapshot.empty()).stores()).isEmpty();
    }

    @Test
    void theOriginalIsNotTouched() throws Exception {
        run("mlflow.db", TABLES);
        byte[] before = Files.readAllBytes(tree.resolve("mlflow.db"));

        store();

        assertThat(Files.readAllBytes(tree.resolve("mlflow.db"))).isEqualTo(before);
        assertThat(tree).isDirectoryNotContaining("glob:**mlflow.db-*");
    }

    @Nested
    class HostileContent {
        private final TrackingCollector hasty =
                new TrackingCollector(caps(Duration.ofSeconds(60)), FileStore.STANDING_CLOCK);

        private static Caps caps(Duration time) {
            return new Caps(5, 4, 50, 90_000, 10, 100, 4, 3, 3, 64 << 20, 64 << 20, time);
        }

        private Collected collect() {
            return hasty.collect(tree, Snapshot.empty());
        }

        @Test
        void aViewInThePlaceOfATableIsNotRun() throws Exception {
            run("mlflow.db", TABLES);
            run(
                    "mlflow.db",
                    List.of(
                            "DROP TABLE params",
                            "CREATE VIEW params AS WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless)"
                                    + " SELECT n AS key, n AS value, '" + OLD + "' AS run_uuid FROM endless"));

            assertThat(collect().stores().getFirst().newRuns().getFirst().params())
                    .isEmpty();
        }

        @Test
        void aDatabaseThatTakesTooLongIsToldApartFromOneThatHoldsTooMuch() throws Exception {
            run("mlflow.db", TABLES);
            run(
                    "mlflow.db",
                    List.of("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)"
                            + " WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 20000)"
                            + " SELECT 'm', n, n, '" + OLD + "', n, 0 FROM many"));
            TrackingCollector late = new TrackingCollector(caps(Duration.ofNanos(1)), FileStore.STANDING_CLOCK);

            Collected collected = late.collect(tree, Snapshot.empty());

            assertThat(collected.stores())
                    .singleElement()
                    .extracting(TrackingStore::store)
                    .isEqualTo("mlflow.db");
            assertThat(collected.findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains("mlflow.db")
                    .contains("could not be read to its end: reading all stores took more than 0 s");
        }

        @Test
        void aCorruptFileIsTold() throws Exception {
            run("mlflow.db", TABLES);
            run("mlflow.db", RUN);
            byte[] bytes = Files.readAllBytes(tree.resolve("mlflow.db"));
            java.util.Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
            Files.write(tree.resolve("mlflow.db"), bytes);

            assertThat(collect().findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains("mlflow.db")
                    .contains("SQLite says");
        }

        @Test
        void aMillionMetricsAreReadInPart() throws Exception {
            run("mlflow.db", TABLES);
            run(
                    "mlflow.db",
                    List.of("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)"
                            + " WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 60000)"
                            + " SELECT 'm' || (n % 1000), n, n, '" + OLD + "', n, 0 FROM many"));

            Collected collected = collect();

            assertThat(collected.stores().getFirst().newRuns().getFirst().metrics())
                    .hasSize(4);
            assertThat(collected.findings()).isNotEmpty();
        }

        @Test
        void aHundredThousandRunsAreReadInPart() throws Exception {
            run("mlflow.db", TABLES);
            run(
                    "mlflow.db",
                    List.of(
                            "INSERT INTO runs WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE"
                                    + " n < 100000) SELECT 'r' || n, 'run', 'FINISHED', n, 'active', '', 1 FROM many"));

            Collected collected = collect();

            assertThat(collected.stores().getFirst().newRuns()).hasSize(5);
            assertThat(collected.findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains("more than 5 new runs");
        }

        @Test
        void aParamOfTenMegabytesIsCutAndHidesNoOther() throws Exception {
            run("mlflow.db", TABLES);
            run(
                    "mlflow.db",
                    List.of(
                            "INSERT INTO params VALUES ('huge', CAST(zeroblob(10000000) AS TEXT), '" + OLD + "')",
                            "INSERT INTO params VALUES ('alpha', replace(hex(zeroblob(5000000)), '0', 'x'), '" + OLD
                                    + "')",
                            "INSERT INTO params VALUES ('zeta', '0.1', '" + OLD + "')"));

            MlflowRun run = collect().stores().getFirst().newRuns().getFirst();

            assertThat(run.params()).containsKeys("alpha", "zeta").containsEntry("zeta", "0.1");
            assertThat(run.params().get("alpha")).hasSize(51);
        }

        @Test
        void allValuesTogetherAreBounded() throws Exception {
            run("mlflow.db", TABLES);
            run(
                    "mlflow.db",
                    List.of("INSERT INTO params VALUES ('a', replace(hex(zeroblob(500)), '0', 'x'), '" + OLD + "'),"
                            + " ('b', replace(hex(zeroblob(500)), '0', 'x'), '" + OLD + "')"));
            TrackingCollector tight = new TrackingCollector(
                    new Caps(5, 4, 1_000, 1_500, 10, 100, 4, 3, 3, 64 << 20, 64 << 20, Duration.ofSeconds(5)),
                    FileStore.STANDING_CLOCK);

            Collected collected = tight.collect(tree, Snapshot.empty());

            assertThat(collected.stores().getFirst().newRuns().getFirst().params())
                    .containsOnlyKeys("a");
            assertThat(collected.findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains("all stores together hold more than 1500 characters");
        }

        @Test
        void whatLiesBesideADatabaseCountsForItsSize() throws Exception {
            run("mlflow.db", TABLES);
            try (RandomAccessFile sparse =
                    new RandomAccessFile(tree.resolve("mlflow.db-wal").toFile(), "rw")) {
                sparse.setLength(2L << 30);
            }

            assertThat(collect().findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains("it has 2048 MiB, more than the 64 MiB that are read");
        }

        @Test
        void aTextThatOnlySaysThatItIsADatabaseIsNotRead() throws Exception {
            Files.writeString(tree.resolve("mlflow.db"), "SQLite format 3", StandardCharsets.US_ASCII);

            assertThat(collect().stores()).isEmpty();
        }

        @Test
        void whatAnInterruptedWriterLeftBesideIsReplayedOnTheCopyOnly() throws Exception {
            run("mlflow.db", TABLES);
            Path copy = tree.resolve("elsewhere");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + tree.resolve("mlflow.db"));
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                for (String sql : RUN) {
                    statement.execute(sql);
                }
                Files.createDirectory(copy);
                Files.copy(tree.resolve("mlflow.db"), copy.resolve("killed.db"));
                Files.copy(tree.resolve("mlflow.db-wal"), copy.resolve("killed.db-wal"));
            }
            byte[] before = Files.readAllBytes(copy.resolve("killed.db"));

            assertThat(hasty.collect(copy, Snapshot.empty()).stores().getFirst().newRuns())
                    .hasSize(3);
            assertThat(Files.readAllBytes(copy.resolve("killed.db"))).isEqualTo(before);
        }
    }
}
