package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.labharness.autograder.store.SampleFacts.ADA;
import static org.labharness.autograder.store.SampleFacts.LAB;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;

/** Several threads at once, as several graders and a batch are. */
abstract class ConcurrencyContract extends OnDatabase {
    private static final int ROUNDS = 10;
    private static final int THREADS = 4;

    @BeforeEach
    void noteTheCourse() {
        new RosterStore(database()).note(SampleCourse.named("mlops"), NOON);
    }

    /** Lets threads begin at the same moment and gives what each came to. */
    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<T>> futures = IntStream.range(0, THREADS)
                    .mapToObj(number -> threads.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        return work.call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        }
    }

    private int rows(String table) {
        return database()
                .client()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    /** H2 closes its file for everybody, where its channel is of the kind that closes when who uses it is interrupted. */
    @Test
    void whoeverIsInterruptedHarmsNobodyElse() throws Exception {
        SubmissionStore store = new SubmissionStore(database());
        for (int round = 1; round <= ROUNDS; round++) {
            int mine = round;
            CountDownLatch busy = new CountDownLatch(1);
            Thread interrupted = Thread.ofPlatform().start(() -> {
                try {
                    for (int commit = 0; !Thread.currentThread().isInterrupted(); commit++) {
                        store.submission(COURSE, SampleFacts.submission("c" + mine + "-" + commit), NOON);
                        busy.countDown();
                    }
                } catch (RuntimeException lost) {
                    // its own statement may be lost
                }
            });
            assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
            interrupted.interrupt();
            interrupted.join();
            assertThat(store.submission(COURSE, SampleFacts.submission("after " + round), NOON))
                    .isPositive();
        }
        assertThat(rows("submission")).isGreaterThanOrEqualTo(2 * ROUNDS);
    }

    @Test
    void theSameSubmissionRunAndEvaluationAtOnceAreOneRowEach() throws Exception {
        SubmissionStore store = new SubmissionStore(database());
        for (int round = 1; round <= ROUNDS; round++) {
            String commit = "c" + round;
            List<List<Long>> numbers = atOnce(() -> {
                long submission = store.submission(COURSE, SampleFacts.submission(commit), NOON);
                long run = store.run(submission, SampleFacts.run(RunFact.End.GRADED, 1));
                long evaluation = store.evaluation(run, SampleFacts.evaluation("rubric", "40"));
                store.stands(submission, evaluation, "harness", "", NOON);
                return List.of(submission, run, evaluation);
            });

            assertThat(new HashSet<>(numbers)).hasSize(1);
            assertThat(List.of(rows("submission"), rows("run"), rows("evaluation"), rows("verdict"), rows("standing")))
                    .containsOnly(round);
        }
    }

    @Test
    void whatIsMadeToStandAtOnceStandsInTheOrderOfItsHistory() throws Exception {
        SubmissionStore store = new SubmissionStore(database());
        long submission = store.submission(COURSE, SampleFacts.submission("c1"), NOON);
        long run = store.run(submission, SampleFacts.run(RunFact.End.GRADED, 1));
        atOnce(() -> {
            String rubric = Thread.currentThread().getName();
            long points = Thread.currentThread().threadId() % 50;
            long evaluation = store.evaluation(run, SampleFacts.evaluation(rubric, "" + points));
            store.stands(submission, evaluation, rubric, "", NOON);
            return evaluation;
        });

        Attempt attempt = new LedgerStore(database()).read(COURSE).attempts().getFirst();

        assertThat(attempt.history()).hasSize(THREADS);
        Attempt.Judgement last = attempt.history().getLast();
        assertThat(attempt.state()).isEqualTo(new Attempt.Judged(last.points(), last.of(), last.bonus(), false));
    }

    @Test
    void theSameRosterImportedTwiceAtOnceIsTheRoster() throws Exception {
        RosterStore store = new RosterStore(database());
        Roster roster = new Roster(List.of(SampleFacts.ada()));
        atOnce(() -> {
            store.apply(COURSE, RosterChange.between(Roster.EMPTY, roster), "roster.csv", "staff", NOON);
            return true;
        });

        assertThat(store.read(COURSE)).isEqualTo(roster);
        assertThat(rows("roster_import")).isEqualTo(THREADS);
    }

    @Test
    void ofTwoChangesToTheSameRosterTheSecondIsNotMadeBlindly() throws Exception {
        RosterStore store = new RosterStore(database());
        Roster roster = new Roster(List.of(SampleFacts.ada()));
        List<Boolean> applied = atOnce(() -> store.applyTo(
                Roster.EMPTY, COURSE, RosterChange.between(Roster.EMPTY, roster), "roster.csv", "staff", NOON));

        assertThat(applied).containsOnlyOnce(true);
        assertThat(store.read(COURSE)).isEqualTo(roster);
        assertThat(rows("roster_import")).isOne();
    }

    @Test
    void overridesAtOnceHaveNumbersOfTheirOwnAndAreTakenBackOnce() throws Exception {
        DecisionStore store = new DecisionStore(database());
        List<Long> numbers =
                atOnce(() -> store.override(COURSE, ADA, LAB, GradeOverride.Kind.COMMENT, null, "chief", "hm", NOON));
        List<Boolean> held = atOnce(() -> store.takeBack(COURSE, numbers.getFirst(), "chief", "no", NOON));

        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(held).containsOnlyOnce(true);
    }

    @Test
    void whoReadsSeesOneMomentWhateverOthersAdd() throws Exception {
        SubmissionStore store = new SubmissionStore(database());
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            List<Integer> counts = database().reading(() -> {
                int before = rows("submission");
                await(other.submit(() -> store.submission(COURSE, SampleFacts.submission("c1"), NOON)));
                return List.of(before, rows("submission"));
            });
            assertThat(counts).containsExactly(0, 0);
        }
        assertThat(rows("submission")).isOne();
    }

    private static void await(Future<?> work) {
        try {
            work.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTransactionThatFailsHalfWayLeavesNothing() {
        Database database = database();
        SubmissionStore store = new SubmissionStore(database);

        assertThatThrownBy(() -> database.inTransaction(() -> {
                    store.submission(COURSE, SampleFacts.submission("c1"), NOON);
                    throw new IllegalStateException("half-way");
                }))
                .hasMessage("half-way");

        assertThat(rows("submission")).isZero();
    }

    @Test
    void aSecondProgramOnTheSameDatabaseSeesWhatTheFirstHasWritten() {
        new SubmissionStore(database()).submission(COURSE, SampleFacts.submission("c1"), NOON);

        Database second = another(address());

        assertThat(new LedgerStore(second).read(COURSE).attempts()).hasSize(1);
    }

    @Test
    void programsThatOpenAnEmptyDatabaseAtOnceMakeItsTablesOnce() throws Exception {
        DatabaseAddress address = fresh();
        List<Database> open = atOnce(() -> Database.open(address));

        for (Database database : open) {
            new RosterStore(database).note(SampleCourse.named("mlops"), NOON);
        }
        assertThat(new LedgerStore(open.getLast()).read(COURSE).attempts()).isEmpty();
        open.forEach(Database::close);
    }
}
