package org.labharness.autograder.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is taken from the queue while nothing can be graded, for instance because the container engine does not answer. After a while
 * it is tried again; each time that fails, the while grows.
 */
final class Standstill implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST = 1_000;

    private final Runnable stop;
    private final Runnable go;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("standstill").factory());
    /** How many were graded when a grading first said that nothing could be. */
    private final Map<Long, Long> blamed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    private long graded;
    private Duration pause = FIRST;
    private boolean waiting;
    private @Nullable Future<?> next;
    private @Nullable Since since;

    /**
     * Why nothing is graded, and since when.
     *
     * @param code what broke, as {@code Breakdown} calls it
     * @param again when it is tried again
     */
    record Since(Instant began, String code, String message, Instant again) {}

    Standstill(Runnable stop, Runnable go, InstantSource clock) {
        this.stop = stop;
        this.go = go;
        this.clock = clock;
    }

    /** Stands still; where it does already, nothing more happens. */
    synchronized void begin(String code, String message) {
        if (waiting) {
            return;
        }
        waiting = true;
        stop.run();
        Instant now = clock.instant();
        since = new Since(since == null ? now : since.began(), code, message, now.plus(pause));
        next = timer.schedule(this::again, pause.toMillis(), TimeUnit.MILLISECONDS);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    private synchronized void again() {
        waiting = false;
        go.run();
    }

    /**
     * Whether it is one grading's own matter that nothing could be graded: others were, since it first said so.
     *
     * @param grading that says so now
     */
    synchronized boolean isItsOwn(long grading) {
        Long before = blamed.putIfAbsent(grading, graded);
        return before != null && before < graded;
    }

    /** A grading that was run came to its end: whatever gradings need is there. */
    synchronized void graded(long grading) {
        graded++;
        blamed.remove(grading);
    }

    /** Something was tried that could be: it is over. */
    synchronized void over() {
        if (!waiting) {
            since = null;
            pause = FIRST;
        }
    }

    /** Empty where all is well. */
    synchronized Optional<Since> since() {
        return Optional.ofNullable(since);
    }

    @Override
    public synchronized void close() {
        if (next != null) {
            next.cancel(false);
        }
        timer.shutdownNow();
    }
}
