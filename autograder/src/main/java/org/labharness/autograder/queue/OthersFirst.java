package org.labharness.autograder.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.store.QueueStore;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SystemBroke;

/**
 * Changes and the runs that follow them come after the first verdicts of others: where students wait, a grading that has told what was
 * earned so far lets them go first, at most two minutes. Its containers stand still meanwhile, its share of the machine is theirs.
 */
final class OthersFirst implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Who was let go first lets others go first as well, also where one at a time is graded. */
    private static final int LEAST = 4;

    private final QueueStore store;
    private final Budget budget;
    private final Supplier<Tickets> make;
    private final int most;
    private final InstantSource clock;
    private final Deque<Tickets> idle = new ArrayDeque<>();
    private final List<Tickets> all = new ArrayList<>();

    /**
     * @param make further hands: tickets that one at a time is taken of
     * @param most how many gradings are graded at once: about as many may stand still at the same time
     */
    OthersFirst(QueueStore store, Budget budget, Supplier<Tickets> make, int most, InstantSource clock) {
        this.store = store;
        this.budget = budget;
        this.make = make;
        this.most = Math.max(LEAST, most);
        this.clock = clock;
    }

    /** @param alive called while it waits */
    void let(Progress progress, Need need, Runnable alive) {
        if (!store.somebodyWaits(clock.instant())) {
            return;
        }
        @Nullable Tickets hand = take();
        if (hand == null) {
            return;
        }
        progress.on(new Progress.Event.Note("others are waiting for their first verdict and come before the changes"));
        try {
            budget.aside(need.standingStill(), () -> await(hand, alive), alive);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The grading was interrupted.", stopping);
        } finally {
            giveBack(hand);
        }
        alive.run();
    }

    private void await(Tickets hand, Runnable alive) {
        long began = System.nanoTime();
        hand.resume();
        while (store.somebodyWaits(clock.instant())
                && System.nanoTime() - began < LONGEST.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            alive.run();
            LockSupport.parkNanos(LOOK.toNanos());
        }
        hand.pause();
    }

    private synchronized @Nullable Tickets take() {
        if (idle.isEmpty() && all.size() < most) {
            Tickets hand = make.get();
            hand.start();
            hand.pause();
            all.add(hand);
            idle.add(hand);
        }
        return idle.poll();
    }

    private synchronized void giveBack(Tickets hand) {
        idle.add(hand);
    }

    @Override
    public synchronized void close() {
        all.forEach(Tickets::close);
    }
}
