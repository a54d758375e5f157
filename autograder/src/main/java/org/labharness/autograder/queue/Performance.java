package org.labharness.autograder.queue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.labharness.autograder.queue.Work.Result;
import org.labharness.pipeline.Breakdown;

/**
 * One grading while it is performed, in a thread of its own: where that thread is stuck it is interrupted, and where it does not come back
 * it is left to itself. What it may still come to counts for nothing then, for the grading begins again.
 */
final class Performance {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** Processor time that only waiting, and looking whether it is over, does not take in a minute. */
    private static final Duration WORK = Duration.ofMillis(200);

    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final Thread thread;
    private final Vigil vigil;
    private final Duration grace;
    private long computed;
    private boolean interruptible;
    /** That it is to be interrupted as soon as it may be. */
    private boolean due;

    private Performance(Function<Performance, Result> work, String name, Vigil vigil, Duration grace) {
        this.vigil = vigil;
        this.grace = grace;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                result.complete(work.apply(this));
            } catch (RuntimeException | Error problem) {
                // The edge of this thread: whoever waits for the result is told.
                result.completeExceptionally(problem);
            }
        });
    }

    /**
     * Performs and gives the result.
     *
     * @param grace how long it may take to end when it was interrupted
     */
    static Result of(Function<Performance, Result> work, String name, Vigil vigil, Duration grace)
            throws InterruptedException {
        Performance performance = new Performance(work, name, vigil, grace);
        performance.thread.start();
        return performance.await();
    }

    private Result await() throws InterruptedException {
        while (true) {
            Optional<Result> come = within(LOOK);
            if (come.isPresent()) {
                return come.get();
            }
            hearThread();
            Optional<String> stuck = vigil.stuck();
            if (stuck.isPresent()) {
                interrupt();
                Optional<Result> last = within(grace).filter(Result.Over.class::isInstance);
                return last.orElseGet(() -> new Result.Again(Duration.ZERO, Breakdown.TIMED_OUT.code(), stuck.get()));
            }
        }
    }

    /** What the grading does in this process, such as reading gigabytes, is no event of its own. */
    private void hearThread() {
        long now = THREADS.getThreadCpuTime(thread.threadId());
        if (now - computed >= WORK.toNanos()) {
            computed = now;
            vigil.alive();
        }
    }

    private synchronized void interrupt() {
        due = true;
        if (interruptible) {
            thread.interrupt();
        }
    }

    /** Does what may be interrupted, in the thread that performs; see {@link Work.Watch}. */
    <T> T interruptibly(Supplier<T> work) {
        setInterruptible(true);
        try {
            return work.get();
        } finally {
            setInterruptible(false);
        }
    }

    /** Does what may not, where it was called from what may. */
    void sheltered(Runnable work) {
        if (!Thread.currentThread().equals(thread) || !isInterruptible()) {
            work.run();
            return;
        }
        setInterruptible(false);
        try {
            work.run();
        } finally {
            setInterruptible(true);
        }
    }

    private synchronized boolean isInterruptible() {
        return interruptible;
    }

    private synchronized void setInterruptible(boolean may) {
        interruptible = may;
        if (!may) {
            boolean unused = Thread.interrupted();
        } else if (due) {
            thread.interrupt();
        }
    }

    private Optional<Result> within(Duration time) throws InterruptedException {
        try {
            return Optional.of(result.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException goesOn) {
            return Optional.empty();
        } catch (ExecutionException problem) {
            throw problem.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(problem.getCause());
        }
    }
}
