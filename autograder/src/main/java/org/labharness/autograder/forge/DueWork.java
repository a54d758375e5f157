package org.labharness.autograder.forge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.labharness.pipeline.SystemBroke;

/**
 * Threads that do what is due in the database, one piece after the other. They look when they are woken, and every few seconds besides: for
 * what comes due by itself, and what other processes have left.
 */
public final class DueWork implements AutoCloseable {
    private static final Duration LOOKING = Duration.ofSeconds(5);
    private static final Duration END = Duration.ofSeconds(20);

    private final BooleanSupplier next;
    private final Semaphore woken = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /** @param next does one piece, and says whether there was one */
    public DueWork(String name, int atOnce, BooleanSupplier next) {
        this.next = next;
        for (int i = 0; i < atOnce; i++) {
            threads.add(Thread.ofPlatform().daemon().name(name + "-" + (i + 1)).unstarted(this::work));
        }
        threads.forEach(Thread::start);
    }

    /** Says that something may be due. */
    public void wake() {
        woken.release();
    }

    private void work() {
        while (!ended) {
            try {
                if (!did()) {
                    woken.tryAcquire(LOOKING.toMillis(), TimeUnit.MILLISECONDS);
                    if (!ended) { // else the others would wait for what they are woken by
                        woken.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean did() {
        try {
            return next.getAsBoolean();
        } catch (SystemBroke broke) {
            return false; // the database does not answer: what was noted waits there, and is found when it does again
        } catch (RuntimeException | Error mistake) {
            // The edge of one piece of work: what is wrong with it is told, and must not keep the others waiting.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, mistake);
            return false;
        }
    }

    /** Begins nothing more, and waits a little for what was begun. */
    @Override
    public void close() {
        ended = true;
        woken.release(threads.size() + 1);
        try {
            for (Thread thread : threads) {
                thread.join(END);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
