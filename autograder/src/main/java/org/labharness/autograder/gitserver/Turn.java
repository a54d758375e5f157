package org.labharness.autograder.gitserver;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The right of one push to change its repository, while no other does, and while not too many others are read at the same time. */
final class Turn {
    private final Semaphore repository;
    private final Semaphore machine;
    private final Duration patience;
    private boolean held;

    Turn(Semaphore repository, Semaphore machine, Duration patience) {
        this.repository = repository;
        this.machine = machine;
        this.patience = patience;
    }

    boolean held() {
        return held;
    }

    /** @throws PushRefused where others take too long */
    void take() {
        try {
            if (!repository.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PushRefused(
                        PushRefusal.BUSY,
                        "Another push to this repository is being read for more than " + patience.toSeconds() + " s.");
            }
            if (!machine.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                repository.release();
                throw new PushRefused(
                        PushRefusal.BUSY,
                        "The server has been reading too many pushes at once for " + patience.toSeconds() + " s.");
            }
            held = true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PushRefused(PushRefusal.BUSY, "The server is being stopped.");
        }
    }

    /** Any number of times. */
    void end() {
        if (held) {
            held = false;
            machine.release();
            repository.release();
        }
    }
}
