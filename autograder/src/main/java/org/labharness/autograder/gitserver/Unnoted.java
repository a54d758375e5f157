package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Repository;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes submissions of what has come and could not be noted when it came: because the process was killed, or because the disk or the
 * database was away. It is tried again, less and less often, until it is done.
 */
final class Unnoted implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Unnoted.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final PushedRepositories repositories;
    private final Submissions submissions;
    private final Predicate<CourseId> served;
    private final PushLimits limits;
    private final Duration pause;
    private final Set<Path> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("unnoted-pushes").factory());

    /** @param pause before it is tried again for the first time */
    Unnoted(
            PushedRepositories repositories,
            Submissions submissions,
            Predicate<CourseId> served,
            PushLimits limits,
            Duration pause) {
        this.repositories = repositories;
        this.submissions = submissions;
        this.served = served;
        this.limits = limits;
        this.pause = pause;
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** What an earlier process has left; to be called before anybody may push. */
    void ofEarlierProcess() {
        for (Path directory : repositories.all()) {
            if (!done(directory)) {
                later(directory);
            }
        }
    }

    /** Tries it again in a while. */
    void later(Path directory) {
        if (waiting.add(directory)) {
            schedule(directory, pause);
        }
    }

    private void schedule(Path directory, Duration in) {
        try {
            var unused = timer.schedule(() -> again(directory, in), in.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            // the next process finds it
        }
    }

    private void again(Path directory, Duration last) {
        Semaphore turn = repositories.turn(directory);
        boolean over = false;
        if (turn.tryAcquire()) { // else whoever holds it does it first, or it is tried again
            try {
                over = done(directory);
            } finally {
                turn.release();
            }
        }
        if (over) {
            waiting.remove(directory);
        } else {
            Duration next = last.multipliedBy(2);
            schedule(directory, next.compareTo(LONGEST) < 0 ? next : LONGEST);
        }
    }

    /** Whether nothing is left to be noted. */
    private boolean done(Path directory) {
        try {
            if (Arrival.read(directory).isEmpty()) {
                return true;
            }
            try (Repository repository = PushedRepository.of(directory, limits)) {
                note(directory, repository);
            }
            return true;
        } catch (SystemBroke | IOException problem) {
            LOG.error("what had come to {} is still not noted: {}", directory, problem.getMessage());
            return false;
        } catch (RuntimeException bug) {
            // It must not end the timer, nor keep the server from starting.
            LOG.error("what had come to {} cannot be noted", directory, bug);
            return false;
        }
    }

    /**
     * Notes what came to a repository before, where it was not noted yet. To be called by whoever has the repository's turn, before they
     * change it: what came is told by its refs as they are.
     *
     * @throws SystemBroke where it still cannot be noted
     */
    void note(Path directory, Repository repository) {
        Optional<Arrival> arrival = Arrival.read(directory).filter(one -> served.test(one.course()));
        if (arrival.isEmpty()) {
            return;
        }
        try {
            long number = submissions.take(arrival.get(), repository).submission();
            LOG.info(
                    "noted what had come at {}: submission {} of {}",
                    arrival.get().at(),
                    number,
                    arrival.get().owner());
        } catch (SubmissionRefused refused) {
            LOG.info("what had come at {} cannot be graded: {}", arrival.get().at(), refused.getMessage());
        }
    }

    /** What is being noted is noted to its end. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new SystemBroke(Breakdown.TIMED_OUT, "What had come is still being noted.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
