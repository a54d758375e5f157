package org.labharness.autograder.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterBatchStore;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SteadyClock;
import org.labharness.pipeline.SystemBroke;

/**
 * Waits until all gradings of a class are over. Those of this process tell of their end themselves; what other machines grade is seen by
 * looking now and then. A database that is away stops a class no more than an engine that is.
 */
final class GradeStep {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Database database;
    private final RosterBatchStore batches;
    private final Worker worker;
    private final Duration patience;
    private final BatchWatcher watcher;
    private final InstantSource steady = new SteadyClock();
    private final Map<Long, Grading> open = new ConcurrentHashMap<>();
    private final Semaphore something = new Semaphore(0);
    private @Nullable Instant away;

    GradeStep(Database database, RosterBatchStore batches, Worker worker, Duration patience, BatchWatcher watcher) {
        this.database = database;
        this.batches = batches;
        this.worker = worker;
        this.patience = patience;
        this.watcher = watcher;
    }

    /** @throws SystemBroke where nothing could be graded for longer than the patience */
    void await(long batch) {
        for (Grading grading : batches.gradings(batch)) {
            open.put(grading.id(), grading);
            overIfSo(grading);
        }
        worker.listen(this::on);
        worker.start();
        while (!open.isEmpty()) {
            await();
            look(batch).or(worker::stopped).ifPresent(this::endure);
        }
    }

    private void on(long id, GradingEvent event) {
        Grading grading = open.get(id);
        if (grading == null) {
            return;
        }
        if (event instanceof GradingEvent.Ended(Grading ended)) {
            overIfSo(ended);
            if (open.isEmpty()) {
                something.release();
            }
        } else {
            watcher.on(grading, event);
        }
    }

    private void overIfSo(Grading grading) {
        if (grading.over() && open.remove(grading.id()) != null) {
            watcher.over(grading);
        }
    }

    private void await() {
        try {
            something.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The batch was interrupted.", e);
        }
    }

    /** Gives why nothing could be seen. */
    private Optional<Worker.Stop> look(long batch) {
        try {
            batches.gradings(batch).forEach(this::overIfSo);
            away = null;
            return Optional.empty();
        } catch (RuntimeException problem) {
            // A database that is away fails in as many ways as there are calls: it alone is endured, all else is thrown
            // on.
            if (!(database.explained(problem) instanceof SystemBroke broke) || broke.code() != Breakdown.DATABASE) {
                throw problem;
            }
            Instant now = steady.instant();
            away = away == null ? now : away;
            return Optional.of(new Worker.Stop(
                    broke.code().code(), String.valueOf(broke.getMessage()), Duration.between(away, now), LOOK));
        }
    }

    private void endure(Worker.Stop stop) {
        watcher.stopped(stop);
        if (stop.lasts().compareTo(patience) > 0) {
            throw new SystemBroke(
                    Breakdown.of(stop.code()).orElse(Breakdown.INTERNAL),
                    "Nothing could be graded for " + patience.toMinutes() + " minutes: " + stop.message()
                            + " What waits goes on waiting: mend it, then go on with --resume.");
        }
    }
}
