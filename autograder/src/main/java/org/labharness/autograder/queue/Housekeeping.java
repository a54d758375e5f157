package org.labharness.autograder.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.store.ClaimStore;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.QueueStore;
import org.labharness.lab.course.CourseId;

/** What is looked after beside the gradings: tickets that are missing or whose holders are dead, whatever else these have claimed, and news of other processes. */
final class Housekeeping implements AutoCloseable {
    private static final Duration TICKETS = Duration.ofSeconds(15);
    private static final Duration NEWS = Duration.ofSeconds(1);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(25);

    private final GradingStore store;
    private final QueueStore queue;
    private final ClaimStore claims;
    private final Collection<CourseId> courses;
    private final WorkerName name;
    private final Tickets tickets;
    private final Watchers watchers;
    private final InstantSource clock;
    private final Map<Long, String> told = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    Housekeeping(
            GradingStore store,
            QueueStore queue,
            ClaimStore claims,
            Collection<CourseId> courses,
            WorkerName name,
            Tickets tickets,
            Watchers watchers,
            InstantSource clock) {
        this.store = store;
        this.queue = queue;
        this.claims = claims;
        this.courses = courses;
        this.name = name;
        this.tickets = tickets;
        this.watchers = watchers;
        this.clock = clock;
    }

    /** Puts the tickets in order now, and from then on now and then. */
    void start() {
        tickets();
        every(TICKETS, this::tickets);
        every(NEWS, this::news);
    }

    private void every(Duration pause, Runnable work) {
        var unused = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException problem) {
                        // The edge of the timer: the database is away for a while, say; the next time may go well.
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void tickets() {
        for (String holder : claims.holders()) {
            if (name.isDead(holder)) {
                claims.release(holder, clock.instant());
                name.forget(holder);
            }
        }
        claims.hasten(clock.instant(), SOON, LONGEST_WAIT);
        // A kill between a grading and its ticket, or a backup that was restored, leaves gradings without.
        for (Grading grading : queue.withoutTicket()) {
            if (courses.contains(grading.course())) {
                tickets.put(grading, queue.notBefore(grading.id()).orElse(grading.asked()));
            }
        }
    }

    /** What other processes do with gradings that somebody watches here. */
    private void news() {
        told.keySet().retainAll(watchers.watched());
        for (long id : watchers.watched()) {
            Optional<Grading> now = store.grading(id);
            if (now.isEmpty() || now.get().worker().equals(name.toString())) {
                continue;
            }
            Grading grading = now.get();
            String state = grading.state() + " " + grading.began() + " " + grading.step();
            if (!state.equals(told.put(id, state))) {
                tell(grading);
            }
        }
    }

    private void tell(Grading grading) {
        Instant began = grading.began();
        switch (grading.state()) {
            case WAITING -> {
                if (began != null) {
                    watchers.tell(grading.id(), new GradingEvent.Back(grading.code(), grading.message()));
                }
            }
            case RUNNING ->
                watchers.tell(
                        grading.id(),
                        grading.step().isEmpty()
                                ? new GradingEvent.Begun(grading)
                                : new GradingEvent.Stepped(grading.step()));
            case DONE, SUPERSEDED, CANCELLED -> watchers.tell(grading.id(), new GradingEvent.Ended(grading));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
