package org.labharness.autograder.queue;

import java.time.Duration;
import java.time.InstantSource;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.store.QueueStore;
import org.labharness.lab.course.CourseId;

/**
 * Whose turn it is. What a student waits for comes before a class that is graded together. Among students, whoever has asked less often
 * within the last hour comes first: somebody's tenth push waits behind the first ones of all others.
 */
final class Turns {
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST = 1_000;
    private static final int OF_A_CLASS = -10_000;

    private final QueueStore store;
    private final InstantSource clock;

    Turns(QueueStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Higher ones come first; a small whole number, as db-scheduler takes it. */
    int priority(Way way, CourseId course, Owner owner) {
        return way == Way.BATCH
                ? OF_A_CLASS
                : -Math.min(MOST, store.askedOf(course, owner, clock.instant().minus(REMEMBERED)));
    }
}
