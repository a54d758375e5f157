package org.labharness.autograder.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.report.Outcome;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.Step;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** What goes wrong in the queue, whatever keeps it. What runs in containers is a stand-in. */
abstract class FaultsContract extends SmallClassContract {
    private Outcome.Broken broken(String student, Breakdown code) {
        Outcome.Graded graded = small.graded(new GradeRequest(student, new Source("r", null), small.lab));
        return new Outcome.Broken(
                graded.submission(), code, code.code() + " is the matter", graded.harness(), Map.of());
    }

    @Test
    void whatCannotBeFoundAnyMoreIsSaidAndStopsNobody() throws IOException {
        Worker worker = small.worker(1, (request, progress) -> small.graded(request));
        long lost = small.handIn("s01");
        small.loseBundle(lost);
        long other = small.handIn("s02");
        worker.start();
        Grading over = small.over(small.ask(worker.gradings(), lost, Way.PUSH));

        assertThat(over.code()).isEqualTo("database");
        assertThat(over.message())
                .contains("What was kept of submission 1 (bundle ", "is missing or damaged. Staff bring it back")
                .doesNotContain(folder.toString());
        assertThat(small.over(small.ask(worker.gradings(), other, Way.PUSH)).message())
                .startsWith("graded: ");
        assertThat(worker.stopped()).isEmpty();
        assertThat(small.attempts())
                .filteredOn(attempt -> attempt.state() instanceof Attempt.Waiting)
                .singleElement()
                .satisfies(attempt ->
                        assertThat(((Attempt.Waiting) attempt.state()).why()).contains("is missing or damaged"));
    }

    @Test
    void whateverEndsEachProcessThatGradesItIsLeftAloneInTheEnd() {
        AtomicInteger runs = new AtomicInteger();
        Worker worker = small.worker(1, (request, progress) -> {
            runs.incrementAndGet();
            return small.graded(request);
        });
        long deadly = small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH);
        long unlucky = small.ask(worker.gradings(), small.handIn("s02"), Way.PUSH);
        for (int i = 0; i < 10; i++) {
            small.gradings.begin(deadly, "dead " + i, Instant.now());
        }
        for (int i = 0; i < 9; i++) {
            small.gradings.begin(unlucky, "dead " + i, Instant.now());
        }
        worker.start();

        Grading over = small.over(deadly);
        assertThat(over.code()).isEqualTo("interrupted");
        assertThat(over.message()).startsWith("10 times in a row the process that graded it ended before it was over");
        assertThat(small.over(unlucky).message()).startsWith("graded: ");
        assertThat(runs).hasValue(1);
        assertThat(small.attempts())
                .filteredOn(attempt -> attempt.state() instanceof Attempt.Waiting)
                .hasSize(1);
    }

    @Test
    void whatBrokeIsTriedAgainAndCostsNothing() {
        AtomicInteger runs = new AtomicInteger();
        Worker worker = small.worker(
                1,
                (request, progress) -> runs.incrementAndGet() == 1
                        ? broken(request.student(), Breakdown.INTERRUPTED)
                        : small.graded(request));
        worker.start();

        Grading over = small.over(small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH));

        assertThat(over.message()).startsWith("graded: ");
        assertThat(over.tries()).isEqualTo(1);
        assertThat(runs).hasValue(2);
        assertThat(small.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.history()).hasSize(1));
    }

    @Test
    void whatTheWatchdogInterruptedIsTriedAgain() {
        AtomicInteger runs = new AtomicInteger();
        Worker worker = small.worker(1, (request, progress) -> {
            if (runs.incrementAndGet() == 1) {
                Thread.currentThread().interrupt(); // as whoever waited leaves it
                return broken(request.student(), Breakdown.INTERRUPTED);
            }
            return small.graded(request);
        });
        worker.start();

        Grading over = small.over(small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH));

        assertThat(over.message()).startsWith("graded: ");
        assertThat(over.tries()).isEqualTo(1);
        assertThat(runs).hasValue(2);
    }

    @Test
    void anEngineThatFailsStopsTheQueueAndNotThoseInIt() {
        AtomicInteger runs = new AtomicInteger();
        Worker worker = small.worker(
                1,
                (request, progress) -> runs.incrementAndGet() == 1
                        ? broken(request.student(), Breakdown.ENGINE_UNREACHABLE)
                        : small.graded(request));
        List<Long> all = IntStream.range(0, 5)
                .mapToObj(i -> small.ask(worker.gradings(), small.handIn("s1" + i), Way.BATCH))
                .toList();
        worker.start();
        Eventually.holds(() -> worker.stopped().isPresent());

        assertThat(worker.stopped().orElseThrow().message()).isEqualTo("engine-unreachable is the matter");
        assertThat(runs).as("no other is tried meanwhile").hasValue(1);
        all.forEach(one -> assertThat(small.over(one).message()).startsWith("graded: "));
        assertThat(worker.stopped()).isEmpty();
        assertThat(runs).hasValue(6);
    }

    @Test
    void aFaultOfOursInOneGradingStopsNoOther() {
        Worker worker = small.worker(1, (request, progress) -> {
            if (request.student().equals("s01")) {
                throw new IllegalStateException("a fault that nobody foresaw");
            }
            return small.graded(request);
        });
        worker.start();
        long faulty = small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH);
        long other = small.ask(worker.gradings(), small.handIn("s02"), Way.PUSH);

        assertThat(small.over(other).message()).startsWith("graded: ");
        assertThat(worker.stopped()).isEmpty();
        assertThat(small.gradings.grading(faulty).orElseThrow())
                .satisfies(one -> assertThat(one.code()).isEqualTo("internal"))
                .satisfies(one -> assertThat(one.message()).contains("a fault that nobody foresaw"));
    }

    @Test
    void whoeverSaysThatNothingCanBeGradedWhileOthersAreHoldsThemUpNoMore() {
        Worker worker = small.worker(1, (request, progress) -> {
            if (request.student().equals("s01")) {
                return broken(request.student(), Breakdown.ENGINE_FAILED);
            }
            progress.on(new Progress.Event.StepEnded(Step.RUN, 1));
            return small.graded(request);
        });
        long poisoned = small.ask(worker.gradings(), small.handIn("s01"), Way.BATCH);
        long other = small.ask(worker.gradings(), small.handIn("s02"), Way.BATCH);
        worker.start();
        assertThat(small.over(other).message()).startsWith("graded: ");

        Eventually.holds(() -> small.gradings.grading(poisoned).orElseThrow().tries() > 0);

        assertThat(worker.stopped()).isEmpty();
        assertThat(small.over(small.ask(worker.gradings(), small.handIn("s03"), Way.BATCH))
                        .message())
                .startsWith("graded: ");
        assertThat(small.gradings.grading(poisoned).orElseThrow().code()).isEqualTo("engine-failed");
    }

    @Test
    void whatIsAskedForOfALabThatIsGoneIsSaid() {
        Worker worker = small.worker(1, (request, progress) -> small.graded(request));
        long grading = small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH);
        small.withoutItsLab();
        worker.start();

        Eventually.holds(
                () -> small.gradings.grading(grading).orElseThrow().code().equals("internal"));
        assertThat(small.gradings.grading(grading).orElseThrow().message())
                .contains("The course mlops has no lab 'tiny'.");
    }

    @Test
    void aDescriptionThatWasBrokenMeanwhileIsNoMatterOfWhoeverHandedIn() throws IOException {
        Worker worker = small.worker(1, (request, progress) -> small.graded(request));
        long grading = small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH);
        small.breakDescription();
        worker.start();

        Eventually.holds(
                () -> small.gradings.grading(grading).orElseThrow().code().equals("internal"));
        assertThat(small.gradings.grading(grading).orElseThrow().message())
                .isEqualTo(
                        "The description of the lab tiny cannot be used as it is now. That is not the submission's matter"
                                + " and costs nothing. Staff mend its lab.yaml (./lab roster --course F says what is wrong with it)"
                                + " and have it run again.");
    }

    @Test
    void whatWasEndedBetweenItsRunAndItsJudgementIsNotRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger filings = new AtomicInteger();
        Worker worker = small.worker(
                1,
                new Budget(Long.MAX_VALUE, 1_000),
                (request, progress) -> {
                    runs.incrementAndGet();
                    return small.graded(request);
                },
                () -> {
                    if (filings.incrementAndGet() == 2) {
                        throw new SystemBroke(Breakdown.INTERRUPTED, "ended before it was judged");
                    }
                });
        worker.start();
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        worker.listen((id, event) -> heard.add(event.getClass().getSimpleName()));

        Grading over = small.over(small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH));

        assertThat(over.message()).startsWith("graded: ");
        assertThat(heard).contains("Back");
        assertThat(runs).hasValue(1);
        assertThat(small.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.history()).hasSize(1));
    }
}
