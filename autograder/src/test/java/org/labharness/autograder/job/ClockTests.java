package org.labharness.autograder.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.QueueStore;
import org.labharness.pipeline.Breakdown;

/** Gradings while the machine's clock is set. */
class ClockTests extends SmallClassContract {
    private final ClassHeard heard = new ClassHeard();

    @Override
    DatabaseAddress fresh(Path folder) {
        return DatabaseAddress.file(folder);
    }

    /** An hour each time that it is looked at; in the past, for tickets go by the true time. */
    @Test
    void aClockThatJumpsAheadEndsNoGradingAndNobodysPatience() {
        small.enrol("s01");
        AtomicLong hours = new AtomicLong(-100_000);
        InstantSource jumping = () -> Instant.now().plus(Duration.ofHours(hours.incrementAndGet()));
        AtomicInteger tries = new AtomicInteger();
        Worker worker = small.worker(
                1,
                (request, progress) -> {
                    Outcome.Graded graded = small.graded(request);
                    if (tries.incrementAndGet() == 1) {
                        return new Outcome.Broken(
                                graded.submission(),
                                Breakdown.ENGINE_UNREACHABLE,
                                "no engine",
                                graded.harness(),
                                Map.of());
                    }
                    computing();
                    return graded;
                },
                jumping);

        small.batch(worker, Duration.ofMinutes(15), heard);

        assertThat(heard.overs).singleElement().asString().startsWith("s01 graded: ");
        assertThat(tries).hasValue(2);
    }

    /** For some looks of the watchdog. */
    private static void computing() {
        try {
            boolean unused = new CountDownLatch(1).await(3, TimeUnit.SECONDS);
        } catch (InterruptedException stuck) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("ended as stuck", stuck);
        }
    }

    @Test
    void whatWasAskedForBeforeTheClockWasSetBackIsGradedNow() {
        Worker before = small.worker(
                1,
                (request, progress) -> small.graded(request),
                () -> Instant.now().plus(Duration.ofHours(1)));
        long grading = small.ask(before.gradings(), small.handIn("s01"), Way.BATCH);
        assertThat(new QueueStore(small.database).unfinished()).hasSize(1);

        small.worker(1, (request, progress) -> small.graded(request)).start();

        small.over(grading);
        assertThat(new QueueStore(small.database).unfinished()).isEmpty();
    }
}
