package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.PostgresServer;
import org.labharness.autograder.store.RosterBatchStore;
import org.labharness.autograder.store.RunStore;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** Two machines, as far as they know: state folders of their own, one PostgreSQL database and one store between them. */
class WorkerIT {
    private static final CourseId COURSE = CourseId.parse("mlops");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final List<Program> started = new ArrayList<>();
    private final DatabaseAddress address = PostgresServer.shared().fresh();

    @BeforeEach
    void begin() throws IOException {
        RealHome.warm(folder.resolve("one"));
        RealHome.warm(folder.resolve("two"));
        Tiny.lab(folder.resolve("tiny"), "60s");
        Tiny.course(folder);
        StringBuilder roster = new StringBuilder("id,name,repository\n");
        for (int i = 1; i <= 4; i++) {
            Path repository = Tiny.with(folder.resolve("s0" + i), "sleep 2 # " + i + "\n" + Tiny.DOUBLE);
            roster.append("s0" + i + ",Name," + repository + "\n");
        }
        Files.writeString(folder.resolve("roster.csv"), roster);
        done("roster", folder.resolve("roster.csv").toString(), "--apply");
        done("collect", "--lab", "tiny", "--now");
    }

    @AfterEach
    void end() {
        started.forEach(Program::close);
    }

    private Map<String, String> variables(String machine) {
        return Map.of(
                "LAB_HOME", folder.resolve(machine).toString(),
                "LAB_STORE", folder.resolve("store").toString(),
                "LAB_DATABASE", address.url());
    }

    private void done(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--course", folder.resolve("course.yaml").toString()));
        Result result = new Cli(folder.resolve("one")).with(variables("one")).run(all.toArray(String[]::new));
        assertThat(result.exit()).as(result.words()).isZero();
    }

    private Program worker(String machine) throws IOException {
        Program worker = Program.start(
                folder,
                variables(machine),
                "worker",
                "--parallel",
                "1",
                "--course",
                folder.resolve("course.yaml").toString());
        started.add(worker);
        return worker;
    }

    private void with(Consumer<Database> work) {
        try (Database database = Database.open(address)) {
            work.accept(database);
        }
    }

    private void askForAll() {
        with(database -> new RosterBatchStore(database, COURSE)
                .candidates(LabId.parse("tiny"))
                .forEach(candidate -> new GradingStore(database)
                        .ask(candidate.submission(), Way.API, "test", "", false, 0, Instant.now())));
    }

    private void allAreGradedOnce() {
        with(database -> {
            GradingStore store = new GradingStore(database);
            Eventually.holds(
                    LONGEST,
                    "all are over",
                    () -> LongStream.rangeClosed(1, 4)
                            .allMatch(id ->
                                    store.grading(id).filter(Grading::over).isPresent()));
            List<Attempt> attempts = new LedgerStore(database).read(COURSE).attempts();
            assertThat(attempts).hasSize(4).allSatisfy(attempt -> {
                assertThat(attempt.history()).hasSize(1);
                assertThat(attempt.state()).isInstanceOf(Attempt.Judged.class);
            });
            RunStore runs = new RunStore(database);
            assertThat(LongStream.rangeClosed(1, 4)
                            .mapToObj(id -> runs.ofGrading(id).orElseThrow().submission()))
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void whatAKilledMachineHadBegunIsTakenOverWithinAMinute() throws Exception {
        askForAll();
        Program one = worker("one");
        Eventually.holds(LONGEST, "the first has begun one", () -> one.err().contains("begun"));
        one.kill();
        Instant killed = Instant.now();
        Program two = worker("two");

        allAreGradedOnce();

        assertThat(two.err()).contains("Waiting for submissions of mlops.");
        assertThat(Duration.between(killed, Instant.now()))
                .as("a minute to take it over, and one to grade all four")
                .isLessThan(Duration.ofMinutes(2));
    }

    @Test
    @Tag("full")
    void aMachineThatStoodStillCountsForNothingThatAnotherHasGraded() throws Exception {
        askForAll();
        Program one = worker("one");
        Eventually.holds(LONGEST, "the first has begun one", () -> one.err().contains("begun"));
        one.signal("STOP");
        Program two = worker("two");
        allAreGradedOnce();

        one.signal("CONT");
        Eventually.holds(
                LONGEST, "the first has come to itself", () -> one.err().contains("graded: "));

        allAreGradedOnce();
        assertThat(two.alive()).isTrue();
    }

    @Test
    void aMachineWithAnotherStoreIsTurnedAway() throws Exception {
        Program wrong = Program.start(
                folder,
                Map.of("LAB_HOME", folder.resolve("two").toString(), "LAB_DATABASE", address.url()),
                "worker",
                "--course",
                folder.resolve("course.yaml").toString());
        started.add(wrong);

        assertThat(wrong.exit()).isEqualTo(4);
        assertThat(wrong.err())
                .contains(
                        "is not the one that belongs to this database. Let LAB_STORE name the folder that the other machines use.");
    }
}
