package org.labharness.pipeline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.Finding;
import org.labharness.pipeline.collect.mlflow.TrackingCollector.Collected;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** Whether runs that were there before can be passed off as made while grading, and whether those that were made count. */
class SnapshotTests {
    private static final Instant NOW = Instant.parse("2026-03-20T10:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant AFTER = NOW.plusSeconds(5);
    private static final String OLD = "0".repeat(31) + "1";
    private static final String NEW = "0".repeat(31) + "2";
    private static final Caps SMALL =
            new Caps(5, 4, 50, 90_000, 10, 100, 4, 3, 3, 1 << 20, 1 << 20, Duration.ofSeconds(20));

    @TempDir
    private Path tree;

    private final TrackingCollector collector = new TrackingCollector(Caps.DEFAULT, () -> NOW);

    private FileStore store(String folder) throws IOException {
        return new FileStore(tree.resolve(folder)).experiment("1", "wine");
    }

    private void sql(String file, String... statements) throws IOException, SQLException {
        Path path = tree.resolve(file);
        Files.createDirectories(path.getParent());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            execute(statement, statements);
        }
    }

    private static void execute(Statement statement, String... statements) throws SQLException {
        for (String sql : statements) {
            statement.execute(sql);
        }
    }

    private void database(String file, String id, Instant started) throws IOException, SQLException {
        sql(file, database(id, started));
    }

    private static String[] database(String id, Instant started) {
        return new String[] {
            "CREATE TABLE IF NOT EXISTS experiments (experiment_id INTEGER, name TEXT, lifecycle_stage TEXT)",
            "CREATE TABLE IF NOT EXISTS runs (run_uuid TEXT, name TEXT, status TEXT, start_time BIGINT,"
                    + " lifecycle_stage TEXT, experiment_id INTEGER)",
            "INSERT INTO runs VALUES ('" + id + "', 'run', 'FINISHED', " + started.toEpochMilli() + ", 'active', 1)"
        };
    }

    private List<String> newRuns(Collected collected) {
        return collected.stores().stream()
                .flatMap(store -> store.newRuns().stream())
                .map(MlflowRun::id)
                .toList();
    }

    private int oldRuns(Collected collected) {
        return collected.stores().stream().mapToInt(TrackingStore::oldRuns).sum();
    }

    private void copy(String from, String to) throws IOException {
        Path source = tree.resolve(from);
        Path target = tree.resolve(to);
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = target.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Nested
    class RunsThatWereThereBefore {
        @Test
        void areOldWhereverAStageCopiesTheStore() throws Exception {
            store("keep/mlruns").run("1", OLD, "committed", 3, AFTER);
            database("keep/runs.db", NEW, AFTER);
            Snapshot before = collector.snapshot(tree);
            copy("keep/mlruns", "mlruns");
            Files.copy(tree.resolve("keep/runs.db"), tree.resolve("mlflow.db"));

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(oldRuns(collected)).isEqualTo(4);
        }

        @Test
        void areOldThoughTheFolderWasOneThatToolsFill() throws Exception {
            store("venv/lib/mlruns").run("1", OLD, "hidden", 3, AFTER);
            Snapshot before = collector.snapshot(tree);
            copy("venv/lib/mlruns", "mlruns");

            assertThat(newRuns(collector.collect(tree, before))).isEmpty();
        }

        @Test
        void areOldThoughTheDatabaseHadTheNameOfSomethingElse() throws Exception {
            database("data/weights.bin", OLD, AFTER);
            Snapshot before = collector.snapshot(tree);
            Files.move(tree.resolve("data/weights.bin"), tree.resolve("mlflow.db"));

            assertThat(newRuns(collector.collect(tree, before))).isEmpty();
        }

        @Test
        void areOldThoughThereAreMoreThanAreReadOfAStore() throws Exception {
            database("mlflow.db", OLD, AFTER);
            sql(
                    "mlflow.db",
                    "INSERT INTO runs WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 2000)"
                            + " SELECT 'id' || n, 'run', 'FINISHED', " + AFTER.toEpochMilli()
                            + ", 'active', 1 FROM many");
            Snapshot before = collector.snapshot(tree);

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(oldRuns(collected)).isEqualTo(2001);
        }

        @Test
        void areOldThoughJunkDatabasesStandBeforeThem() throws Exception {
            for (int junk = 0; junk < 40; junk++) {
                sql("a/%02d.db".formatted(junk), "CREATE TABLE t (x)");
            }
            store("mlruns").run("1", OLD, "committed", 3, AFTER);
            database("zz.db", NEW, AFTER);
            Snapshot before = collector.snapshot(tree);

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(oldRuns(collected)).isEqualTo(2);
        }

        @Test
        void areOldThoughTheyHadBeenDeletedAndAreBack() throws Exception {
            database("mlflow.db", OLD, AFTER);
            sql("mlflow.db", "UPDATE runs SET lifecycle_stage = 'deleted'");
            store("mlruns/.trash").run("1", NEW, "of a deleted experiment", 3, AFTER);
            Snapshot before = collector.snapshot(tree);
            sql("mlflow.db", "UPDATE runs SET lifecycle_stage = 'active'");
            copy("mlruns/.trash", "mlruns");

            assertThat(newRuns(collector.collect(tree, before))).isEmpty();
        }

        @Test
        void areOldThoughTheyStoodOnlyInTheLogBesideTheDatabase() throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + tree.resolve("live.db"));
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                execute(statement, database(OLD, AFTER));
                Files.copy(tree.resolve("live.db"), tree.resolve("mlflow.db"));
                Files.copy(tree.resolve("live.db-wal"), tree.resolve("mlflow.db-wal"));
            }
            Files.delete(tree.resolve("live.db"));
            Snapshot before = collector.snapshot(tree);
            sql("mlflow.db", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE");

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(oldRuns(collected)).isEqualTo(1);
        }

        @Test
        void areOldByTheirOwnDateWhereTheyCameOutOfAnArchive() throws Exception {
            Snapshot before = collector.snapshot(tree);
            store("mlruns").run("1", OLD, "best", 3, BEFORE).run("1", NEW, "second", 3, BEFORE);

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(oldRuns(collected)).isEqualTo(2);
            assertThat(collected.findings())
                    .extracting(Finding::code, Finding::message)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(
                            "tracking.dated-before",
                            "The MLflow store 'mlruns' holds 2 runs that were started before this grading (the first is 'best',"
                                    + " on 2026-03-01): they were copied, unpacked or checked out here, not made, and count as"
                                    + " committed."));
        }

        @Test
        void areOldWhereTheyHaveADateThatIsStillToCome() throws Exception {
            Snapshot before = collector.snapshot(tree);
            store("mlruns").run("1", NEW, "best", 3, Instant.parse("2930-03-01T12:00:00Z"));

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(oldRuns(collected)).isEqualTo(1);
            assertThat(collected.findings())
                    .extracting(Finding::code, Finding::message)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(
                            "tracking.dated-after",
                            "The MLflow store 'mlruns' holds a run that was started after this grading ('best', on 2930-03-01):"
                                    + " its date was written by hand, and it counts as committed."));
        }

        @Test
        void areOldThoughAStageGaveThemOtherIds() throws Exception {
            database("mlflow.db", OLD, BEFORE);
            Snapshot before = collector.snapshot(tree);
            sql("mlflow.db", "UPDATE runs SET run_uuid = '" + NEW + "'");

            assertThat(newRuns(collector.collect(tree, before))).isEmpty();
        }

        @Test
        void areOldWithTheVersionsThatTheyRegistered() throws Exception {
            Snapshot before = collector.snapshot(tree);
            store("mlruns")
                    .run("1", OLD, "best", 3, BEFORE)
                    .version("wine", 1, OLD, "")
                    .write("models/wine/version-1/meta.yaml", """
                            name: wine
                            version: 1
                            run_id: %s
                            creation_timestamp: %d
                            """.formatted(OLD, BEFORE.toEpochMilli()));

            assertThat(collector.collect(tree, before).stores().getFirst().registeredModels())
                    .flatExtracting(TrackingStore.RegisteredModel::versions)
                    .extracting(TrackingStore.ModelVersion::fresh)
                    .containsExactly(false);
        }
    }

    @Nested
    class WhatCouldNotBeSeenBefore {
        @Test
        void isNeverNewWhereTheDatabaseCouldNotBeRead() throws Exception {
            database("mlflow.db", OLD, AFTER);
            byte[] good = Files.readAllBytes(tree.resolve("mlflow.db"));
            byte[] broken = good.clone();
            java.util.Arrays.fill(broken, 100, broken.length, (byte) 0x5a);
            Files.write(tree.resolve("mlflow.db"), broken);
            Snapshot before = collector.snapshot(tree);
            Files.write(tree.resolve("mlflow.db"), good);

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(oldRuns(collected)).isEqualTo(1);
            assertThat(collected.findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .startsWith("Which runs of the MLflow store 'mlflow.db' are new cannot be told, because ")
                    .endsWith(": all of them count as committed.");
        }

        @Test
        void isNeverNewWhereTheDatabaseWasTooLarge() throws Exception {
            TrackingCollector small = new TrackingCollector(SMALL, () -> NOW);
            database("mlflow.db", OLD, AFTER);
            try (RandomAccessFile sparse =
                    new RandomAccessFile(tree.resolve("mlflow.db-journal").toFile(), "rw")) {
                sparse.setLength(2 << 20);
            }
            Snapshot before = small.snapshot(tree);
            Files.delete(tree.resolve("mlflow.db-journal"));

            Collected collected = small.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(collected.findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains("2 MiB, more than the 1 MiB that are read");
        }

        @Test
        void makesNothingInTheTreeNewWhereDatabasesWereTooMany() throws Exception {
            sql("a/0.db", "CREATE TABLE t (x)");
            byte[] junk = Files.readAllBytes(tree.resolve("a/0.db"));
            for (int number = 1; number < 510; number++) {
                Files.write(tree.resolve("a/" + number + ".db"), junk);
            }
            Snapshot before = collector.snapshot(tree);
            store("mlruns").run("1", NEW, "unpacked", 3, AFTER);

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).isEmpty();
            assertThat(collected.findings())
                    .extracting(Finding::message)
                    .anySatisfy(words -> assertThat(words)
                            .contains("the repository holds more databases than could be looked at before the run"));
        }

        @Test
        void makesNothingInTheTreeNewWhereTheTimeWasUp() throws Exception {
            sql("a.db", "CREATE TABLE t (x)");
            TrackingCollector hasty = new TrackingCollector(
                    new Caps(5, 4, 50, 90_000, 10, 100, 4, 3, 3, 1 << 20, 1 << 20, Duration.ofNanos(1)), () -> NOW);
            Snapshot before = hasty.snapshot(tree);
            store("mlruns").run("1", NEW, "fresh", 3, AFTER);

            assertThat(newRuns(collector.collect(tree, before))).isEmpty();
        }
    }

    @Nested
    class RunsThatAStageMade {
        @ParameterizedTest
        @ValueSource(strings = {"mlflow.db", "mlruns.db", "mlruns/mlflow.db", "src/backend/tracking.sqlite"})
        void areNewInACommittedStoreBesideItsOldOnesThoughGitIgnoresIt(String place) throws Exception {
            Files.writeString(tree.resolve(".gitignore"), "*.db\nmlruns\n/src/backend/\n");
            database(place, OLD, BEFORE);
            Snapshot before = collector.snapshot(tree);
            database(place, NEW, AFTER);

            Collected collected = collector.collect(tree, before);

            assertThat(newRuns(collected)).containsExactly(NEW);
            assertThat(oldRuns(collected)).isEqualTo(1);
            assertThat(collected.findings()).isEmpty();
        }

        @Test
        void areNewBesideADataSetThatIsABrokenOrLargeDatabase() throws Exception {
            TrackingCollector small = new TrackingCollector(SMALL, () -> NOW);
            sql("data/big.sqlite", "CREATE TABLE t (x)", "INSERT INTO t VALUES (zeroblob(3000000))");
            Snapshot before = small.snapshot(tree);
            store("mlruns").run("1", NEW, "fresh", 3, AFTER);

            assertThat(newRuns(small.collect(tree, before))).containsExactly(NEW);
        }

        @Test
        void areNewThoughTheClockWasSetBackALittleMeanwhile() throws Exception {
            Snapshot before = collector.snapshot(tree);
            store("mlruns").run("1", NEW, "fresh", 3, NOW.minusSeconds(30));

            assertThat(newRuns(collector.collect(tree, before))).containsExactly(NEW);
        }
    }
}
