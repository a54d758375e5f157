package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** Classes on the real engine, graded by processes that are ended by force. */
class BatchIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path home = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        home = RealHome.warm(folder.resolve("home"));
        Tiny.lab(folder.resolve("tiny"), "60s");
        course("mlops");
    }

    private void course(String id) throws IOException {
        Tiny.course(folder.resolve(id + ".yaml"), id);
    }

    /** Every third one tracks a run, every fifth one fails in its first stage. */
    private Path students(int count) throws IOException {
        StringBuilder roster = new StringBuilder("id,name,repository\n");
        for (int i = 1; i <= count; i++) {
            String id = "s%02d".formatted(i);
            Path repository = folder.resolve("work").resolve(id);
            if (i % 5 == 0) {
                Tiny.with(repository, "exit 3 # " + id + "\n");
            } else if (i % 3 == 0) {
                Tiny.tracking(repository, "# " + id + "\n");
            } else {
                Tiny.with(repository, "# " + id + "\n" + Tiny.DOUBLE);
            }
            roster.append(id)
                    .append(",Name ")
                    .append(id)
                    .append(',')
                    .append(repository)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("roster.csv"), roster);
    }

    private String[] of(String course, String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--course", folder.resolve(course + ".yaml").toString()))
                .toArray(String[]::new);
    }

    private Result done(String... arguments) {
        Result result = new Cli(home).with(System.getenv()).run(arguments);
        assertThat(result.exit()).as(result.words()).isZero();
        return result;
    }

    private Program start(String[] command, String... more) throws IOException {
        return start(Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new));
    }

    private Program start(String... arguments) throws IOException {
        return Program.start(folder, Map.of("LAB_HOME", home.toString()), arguments);
    }

    private List<Attempt> attempts(String course) {
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            return new LedgerStore(database).read(CourseId.parse(course)).attempts();
        }
    }

    private List<String> points(String course) {
        return attempts(course).stream()
                .map(attempt -> attempt.owner() + " " + attempt.state() + " "
                        + attempt.history().size())
                .sorted()
                .toList();
    }

    private void nothingIsLeft() {
        Eventually.holds(LONGEST, "nothing of the batch is left", () -> isEmpty(home.resolve("instances")));
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatAKilledBatchHasGradedCountsAndTheRestIsGradedWhenItGoesOn() throws Exception {
        done(of("mlops", "roster", students(5).toString(), "--apply"));
        try (Program batch = start(of("mlops", "batch", "--lab", "tiny", "--parallel", "2"))) {
            Eventually.holds(LONGEST, "one is graded", () -> batch.err().contains("graded: "));
            batch.kill();
        }

        Result result = done(of("mlops", "batch", "--resume"));

        assertThat(result.out()).startsWith("5 submissions: 5 graded.");
        assertThat(attempts("mlops"))
                .hasSize(5)
                .allSatisfy(attempt -> assertThat(attempt.history()).hasSize(1));
        assertThat(done(of("mlops", "gradebook", "--explain", "s03")).out()).contains("Attempt 1, ", ": 7 of 10.");
        assertThat(new Cli(home).run(of("mlops", "batch", "--resume")).err()).contains("is finished since");
        assertThat(done(of("mlops", "batch", "--lab", "tiny")).words())
                .contains("Nothing is to be graded. 5 are judged by this rubric already (--force runs them again).");
        nothingIsLeft();
    }

    @Test
    void stoppedByCtrlCItSaysHowToGoOnAndLeavesNothing() throws Exception {
        done(of("mlops", "roster", students(4).toString(), "--apply"));
        try (Program batch = start(of("mlops", "batch", "--lab", "tiny", "--parallel", "1"))) {
            Eventually.holds(LONGEST, "one is graded", () -> batch.err().contains("graded: "));
            batch.interrupt();
            batch.exit();
            assertThat(batch.err()).contains("Stopped. What was running is removed", "./lab batch --resume");
        }
        nothingIsLeft();

        assertThat(done(of("mlops", "batch", "--resume")).out()).startsWith("4 submissions: 4 graded.");
    }

    @Test
    void anEngineThatDoesNotAnswerStopsTheClassAndNobodyFails() throws Exception {
        done(of("mlops", "roster", students(2).toString(), "--apply"));
        Path socket = folder.resolve("engine.sock");
        try (Program batch = Program.start(
                folder,
                Map.of("LAB_HOME", home.toString(), "DOCKER_HOST", "unix://" + socket),
                of("mlops", "batch", "--lab", "tiny"))) {
            Eventually.holds(LONGEST, "it is paused", () -> batch.err().contains("Paused (engine-unreachable)"));
            Files.createSymbolicLink(socket, Path.of("/var/run/docker.sock"));

            assertThat(batch.exit()).as(batch.err()).isZero();
            assertThat(batch.out()).startsWith("2 submissions: 2 graded.");
        }
        assertThat(attempts("mlops"))
                .allSatisfy(attempt -> assertThat(attempt.history()).hasSize(1));
    }

    @Test
    void staffLookIntoTheSandboxOfASubmission() throws Exception {
        done(of("mlops", "roster", students(1).toString(), "--apply"));
        done(of("mlops", "collect", "--lab", "tiny", "--now"));

        try (Program look = start(
                of("mlops", "debug", "1"), "--", "sh", "-c", "id -u; cat numbers.txt; ls /sys/class/net; exit 7")) {
            assertThat(look.exit()).as(look.err()).isEqualTo(7);
            assertThat(look.out()).matches("6\\d{4}\\n1\\n2\\n3\\nlo\\n");
        }
        assertThat(new Cli(home).run(of("mlops", "debug", "7")).err())
                .contains("has no submission 7. See ./lab status.");
        assertThat(new Cli(home).run(of("mlops", "debug", "1", "--time", "2d")).err())
                .contains("--time takes minutes or hours such as 30m or 3h, not '2d'.");
        assertThat(attempts("mlops"))
                .singleElement()
                .satisfies(one -> assertThat(one.history()).isEmpty());
        nothingIsLeft();
    }

    @Test
    @Tag("full")
    void sixtySubmissionsAreGradedOnceEachThoughTheirBatchIsKilledTenTimes() throws Exception {
        course("undisturbed");
        String roster = students(60).toString();
        done(of("mlops", "roster", roster, "--apply"));
        done(of("undisturbed", "roster", roster, "--apply"));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> arguments = new ArrayList<>(List.of("batch", "--lab", "tiny"));
        for (int kill = 0; kill < 10; kill++) {
            try (Program batch = start(of("mlops", arguments.toArray(String[]::new)))) {
                long moment = random.nextLong(1_500, 10_500);
                long end = System.nanoTime() + Duration.ofMillis(moment).toNanos();
                while (batch.alive() && System.nanoTime() < end) {
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
                assertThat(batch.alive())
                        .as("seed " + seed + ", kill " + kill + ": " + batch.err())
                        .isTrue();
                batch.kill();
            }
            arguments = new ArrayList<>(List.of("batch", "--resume"));
            if (kill == 0 && attempts("mlops").isEmpty()) {
                arguments = new ArrayList<>(List.of("batch", "--lab", "tiny")); // killed before it was noted
            }
        }

        assertThat(done(of("mlops", arguments.toArray(String[]::new))).out())
                .as("seed " + seed)
                .startsWith("60 submissions: 60 graded.");
        done(of("undisturbed", "batch", "--lab", "tiny"));
        assertThat(points("mlops")).as("seed " + seed).hasSize(60).isEqualTo(points("undisturbed"));
        nothingIsLeft();
    }
}
