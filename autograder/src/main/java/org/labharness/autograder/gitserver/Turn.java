package org.labharness.autograder.gitserver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The right of one push to change its repository, while no other does, and while not too many others are read at the same time. */
final class Turn {
    private final Places places;
    private final Duration patience;
    private final Deque<Semaphore> taken = new ArrayDeque<>();
    private boolean held;

    /**
     * What pushes wait for.
     *
     * @param ofRepository who sends to it; one at a time
     * @param sending who sends at all
     * @param repository who changes it; one at a time
     * @param reading whose objects are read
     */
    record Places(Semaphore ofRepository, Semaphore sending, Semaphore repository, Semaphore reading) {}

    Turn(Places places, Duration patience) {
        this.places = places;
        this.patience = patience;
    }

    boolean held() {
        return held;
    }

    /**
     * A place for what is sent, on disk. It is not yet a turn: whoever sends slowly keeps only their own repository's pushes waiting.
     *
     * @throws PushRefused where others take too long
     */
    void beforeSending() {
        take(places.ofRepository(), "Another push to this repository is being sent");
        take(places.sending(), "The server has been receiving too many pushes at once");
    }

    /** @throws PushRefused where others take too long */
    void take() {
        take(places.repository(), "Another push to this repository is being read");
        take(places.reading(), "The server has been reading too many pushes at once");
        held = true;
    }

    private void take(Semaphore place, String otherwise) {
        try {
            if (!place.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PushRefused(PushRefusal.BUSY, otherwise + " for more than " + patience.toSeconds() + " s.");
            }
            taken.push(place);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PushRefused(PushRefusal.BUSY, "The server is being stopped.");
        }
    }

    /** Any number of times. */
    void end() {
        held = false;
        while (!taken.isEmpty()) {
            taken.pop().release();
        }
    }
}
