package org.labharness.autograder.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.job.GradingJob.Sandboxed;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Grading.State;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Gradings;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.ClaimStore;
import org.labharness.autograder.store.QueueStore;
import org.labharness.autograder.store.RunStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Delivery;
import org.labharness.autograder.store.WebhookStore.Pushed;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** The queue with real tickets, whatever keeps it. What runs in containers is a stand-in. */
abstract class GradingContract extends SmallClassContract {
    @Test
    void whatWaitsIsGradedAndCounts() {
        Worker worker = small.worker(2, (request, progress) -> small.graded(request));
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        worker.listen((id, event) -> heard.add(event.getClass().getSimpleName()));
        worker.start();

        Grading over = small.over(small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH));

        assertThat(over.state()).isEqualTo(State.DONE);
        assertThat(over.code()).isEmpty();
        assertThat(over.message()).matches("graded: .* of 10");
        Eventually.holds(() -> heard.size() == 2);
        assertThat(heard).containsExactly("Begun", "Ended");
        assertThat(small.attempts())
                .singleElement()
                .satisfies(one -> assertThat(one.state()).isInstanceOf(Attempt.Judged.class));
        Eventually.holds(() -> new ClaimStore(small.database).holders().isEmpty());
    }

    @Test
    void severalWorkersGradeEachSubmissionOnce() {
        Map<String, AtomicInteger> ran = new ConcurrentHashMap<>();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Sandboxed counting = (request, progress) -> {
            ran.computeIfAbsent(request.student(), any -> new AtomicInteger()).incrementAndGet();
            threads.add(Thread.currentThread());
            return small.graded(request);
        };
        Worker one = small.worker(2, counting);
        Worker other = small.worker(2, counting);
        List<Long> gradings = IntStream.range(0, 20)
                .mapToObj(i -> small.ask(one.gradings(), small.handIn("s" + (10 + i)), Way.BATCH))
                .toList();
        one.start();
        other.start();

        gradings.forEach(small::over);

        assertThat(ran)
                .hasSize(20)
                .allSatisfy((student, times) -> assertThat(times).hasValue(1));
        assertThat(small.attempts())
                .hasSize(20)
                .allSatisfy(attempt -> assertThat(attempt.history()).hasSize(1));
    }

    @Test
    void twoWhoHaveTheSameTicketCountOnce() {
        CountDownLatch bothRun = new CountDownLatch(2);
        CountDownLatch onlyOneIsFast = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Sandboxed slowAtFirst = (request, progress) -> {
            boolean first = runs.incrementAndGet() == 1;
            bothRun.countDown();
            await(bothRun);
            if (first) {
                await(onlyOneIsFast);
            }
            return small.graded(request);
        };
        Worker first = small.worker(1, slowAtFirst);
        first.start();
        long grading = small.ask(first.gradings(), small.handIn("s01"), Way.PUSH);
        ClaimStore claims = new ClaimStore(small.database);
        Eventually.holds(() -> runs.get() == 1);

        // The lease is taken from it although it lives.
        String holder = claims.holders().getFirst();
        assertThat(claims.release(holder, Instant.now())).isEqualTo(1);
        Worker second = small.worker(1, slowAtFirst);
        second.start();
        Grading over = small.over(grading);
        long run = new RunStore(small.database).ofGrading(grading).orElseThrow().id();
        List<GradingEvent> late = Collections.synchronizedList(new ArrayList<>());
        first.listen((id, event) -> late.add(event));
        onlyOneIsFast.countDown();
        Eventually.holds(() -> late.stream().anyMatch(GradingEvent.Ended.class::isInstance));

        assertThat(runs).hasValue(2);
        assertThat(over.state()).isEqualTo(State.DONE);
        assertThat(new RunStore(small.database).ofGrading(grading).orElseThrow().id())
                .isEqualTo(run);
        assertThat(small.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.history()).hasSize(1));
    }

    @Test
    void whatForgesToldTheDeadOfThisMachineIsFreeWhenAWorkerStarts() throws IOException {
        Worker next = small.worker(1, (request, progress) -> small.graded(request));
        String host = next.name().replaceFirst("/.*", "");
        List<String> holders = List.of(host + "/0000dead", host + "/00000000", "elsewhere/0000dead");
        // Nobody holds the first one's file; the second's may be another folder's, and the third's is another
        // machine's.
        Files.createFile(folder.resolve("home/locks/worker-0000dead.lock"));
        WebhookStore receipts = new WebhookStore(small.database);
        Instant now = Instant.now();
        for (String holder : holders) {
            receipts.accept(new Delivery(small.course().id(), "github", holder, null, now), List.of(pushed(holder)));
            assertThat(receipts.claim(holder, now, now.plusSeconds(60))).isPresent();
        }

        next.start();

        assertThat(receipts.claim(next.name(), now, now.plusSeconds(60)))
                .hasValueSatisfying(one -> assertThat(one.pushed()).isEqualTo(pushed(host + "/0000dead")));
        assertThat(receipts.claim(next.name(), now, now.plusSeconds(60))).isEmpty();
        assertThat(folder.resolve("home/locks/worker-0000dead.lock")).doesNotExist();
    }

    private Pushed pushed(String where) {
        return new Pushed(small.lab.id(), Owner.parse("student:s01"), where, "refs/heads/main", "c0ffee", true);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void askedTwiceItIsGradedOnce() {
        Worker worker = small.worker(1, (request, progress) -> small.graded(request));
        long submission = small.handIn("s01");

        assertThat(small.ask(worker.gradings(), submission, Way.WEBHOOK))
                .isEqualTo(small.ask(worker.gradings(), submission, Way.BATCH));
    }

    @Test
    void whatWasRunIsOnlyJudgedAgain() {
        AtomicInteger runs = new AtomicInteger();
        Worker worker = small.worker(1, (request, progress) -> {
            runs.incrementAndGet();
            return small.graded(request);
        });
        worker.start();
        long submission = small.handIn("s01");
        small.over(small.ask(worker.gradings(), submission, Way.BATCH));

        Grading again = small.over(small.ask(worker.gradings(), submission, Way.BATCH));

        assertThat(again.message()).startsWith("graded: ");
        assertThat(runs).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"PUSH, PUSH", "API, API", "PUSH, API", "API, WEBHOOK", "WEBHOOK, PUSH"})
    void newerWorkTakesThePlaceOfWhatWaitsWhicheverWayTheyCame(Way earlier, Way later) {
        Worker worker = small.worker(1, (request, progress) -> small.graded(request));
        long first = small.ask(worker.gradings(), small.handIn("s01", "1"), earlier);
        long second = small.ask(worker.gradings(), small.handIn("s01", "2"), later);
        long other = small.ask(worker.gradings(), small.handIn("s02", "1"), Way.PUSH);

        assertThat(small.gradings.grading(first).orElseThrow().state()).isEqualTo(State.SUPERSEDED);
        assertThat(worker.gradings().position(first)).isZero();
        assertThat(worker.gradings().position(other)).isEqualTo(1);
        assertThat(worker.gradings().position(second))
                .as("who pushed less comes first")
                .isEqualTo(2);
        worker.start();
        assertThat(small.over(second).state()).isEqualTo(State.DONE);
        assertThat(small.over(other).state()).isEqualTo(State.DONE);
        assertThat(small.attempts())
                .as("nothing waits for what nobody will grade")
                .hasSize(2);
    }

    @Test
    void whatWasReceivedBeforeAndIsAskedForLaterTakesNobodysPlace() {
        Worker worker = small.worker(1, (request, progress) -> small.graded(request));
        long early = small.handIn("s01", "1");
        long late = small.handIn("s01", "2");
        long newer = small.ask(worker.gradings(), late, Way.WEBHOOK);
        long delayed = small.ask(worker.gradings(), early, Way.WEBHOOK);

        assertThat(small.gradings.grading(newer).orElseThrow().state())
                .as("the newest work is graded")
                .isEqualTo(State.WAITING);
        assertThat(small.gradings.grading(delayed).orElseThrow().state()).isEqualTo(State.WAITING);
    }

    @Test
    void whatOnesOwnRepeatsWaitsBehindTheFirstOfOthersAndAClassBehindAll() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Worker worker = small.worker(1, (request, progress) -> {
            order.add(request.student());
            return small.graded(request);
        });
        List<Long> all = new ArrayList<>();
        all.add(small.ask(worker.gradings(), small.handIn("s09"), Way.BATCH));
        for (int i = 0; i < 3; i++) {
            all.add(small.askBeside(worker.gradings(), small.handIn("s01", "" + i)));
        }
        all.add(small.ask(worker.gradings(), small.handIn("s02"), Way.API));
        worker.start();

        all.forEach(small::over);

        assertThat(order).containsExactly("s01", "s02", "s01", "s01", "s09");
    }

    @Test
    void whatStaffRunAgainCostsNobodyTheirPlace() {
        Worker worker = small.worker(1, (request, progress) -> small.graded(request));
        for (int i = 0; i < 3; i++) {
            small.ask(worker.gradings(), small.handIn("s01", "" + i), Way.API, true);
        }

        long own = small.ask(worker.gradings(), small.handIn("s01", "own"), Way.PUSH);
        long other = small.ask(worker.gradings(), small.handIn("s02"), Way.PUSH);

        assertThat(worker.gradings().position(own)).isLessThan(worker.gradings().position(other));
    }

    @Test
    void memoryIsNotPromisedTwice() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Budget twoFit = new Budget((2 * (256L + 512)) << 20, 1_000);
        Worker worker = small.worker(4, twoFit, (request, progress) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return small.graded(request);
            } finally {
                running.decrementAndGet();
            }
        });
        List<Long> all = IntStream.range(0, 12)
                .mapToObj(i -> small.ask(worker.gradings(), small.handIn("s" + (10 + i)), Way.BATCH))
                .toList();
        worker.start();

        all.forEach(small::over);

        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    void changesComeAfterTheFirstVerdictsOfOthers() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch othersHaveAsked = new CountDownLatch(1);
        Worker worker = small.worker(1, (request, progress) -> {
            order.add(request.student() + " run");
            if (request.student().equals("s01")) {
                await(othersHaveAsked);
                progress.beforeChanges();
                // Who was let go first has begun by now, and notes it here in a moment; nobody else has a hand free.
                Eventually.holds(() -> order.size() > 2);
                order.add("s01 changes");
            }
            return small.graded(request);
        });
        worker.start();
        long first = small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH);
        Eventually.holds(() -> order.size() == 1);
        long second = small.ask(worker.gradings(), small.handIn("s02"), Way.PUSH);
        long third = small.ask(worker.gradings(), small.handIn("s03"), Way.PUSH);
        long ofClass = small.ask(worker.gradings(), small.handIn("s04"), Way.BATCH);
        othersHaveAsked.countDown();

        List.of(first, second, third, ofClass).forEach(small::over);

        assertThat(order.subList(0, 3)).containsExactlyInAnyOrder("s01 run", "s02 run", "s03 run");
        assertThat(order.indexOf("s01 changes")).isGreaterThan(2);
    }

    @Test
    void whoeverWasLetGoFirstLetsOthersGoFirstAsWell() {
        List<Boolean> somebodyWaited = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch othersHaveAsked = new CountDownLatch(1);
        QueueStore queue = new QueueStore(small.database);
        Worker worker = small.worker(1, (request, progress) -> {
            begun.countDown();
            await(othersHaveAsked);
            progress.beforeChanges();
            somebodyWaited.add(queue.somebodyWaits(Instant.now()));
            return small.graded(request);
        });
        worker.start();
        List<Long> all = new ArrayList<>();
        all.add(small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH));
        await(begun);
        all.add(small.ask(worker.gradings(), small.handIn("s02"), Way.PUSH));
        all.add(small.ask(worker.gradings(), small.handIn("s03"), Way.PUSH));
        othersHaveAsked.countDown();

        all.forEach(small::over);

        assertThat(somebodyWaited).containsExactly(false, false, false);
    }

    @Test
    void whoComesLateHearsWhatHasHappened() {
        Worker worker = small.worker(1, (request, progress) -> {
            progress.on(new Progress.Event.Note("on the way"));
            return small.graded(request);
        });
        worker.start();
        long grading = small.ask(worker.gradings(), small.handIn("s01"), Way.PUSH);
        small.over(grading);
        List<String> heard = Collections.synchronizedList(new ArrayList<>());

        try (Gradings.Watch watch = worker.gradings()
                .watch(grading, event -> heard.add(event.getClass().getSimpleName()))) {
            assertThat(watch).isNotNull();
            Eventually.holds(() -> heard.contains("Ended"));
        }

        assertThat(heard).containsExactly("Begun", "Progressed", "Ended");
    }

    @Test
    void whatIsCancelledIsNotGraded() {
        Worker worker = small.worker(1, (request, progress) -> small.graded(request));
        long grading = small.ask(worker.gradings(), small.handIn("s01"), Way.API);

        assertThat(worker.gradings().cancel(grading, "s01")).isTrue();
        assertThat(worker.gradings().cancel(grading, "s01")).isFalse();
        assertThat(small.gradings.grading(grading).orElseThrow().message()).isEqualTo("Cancelled by s01.");
        worker.start();
        small.over(small.ask(worker.gradings(), small.handIn("s02"), Way.API));
        assertThat(small.attempts())
                .filteredOn(one -> one.state() instanceof Attempt.Judged)
                .hasSize(1);
    }
}
