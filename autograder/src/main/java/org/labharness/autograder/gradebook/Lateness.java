package org.labharness.autograder.gradebook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.course.LatePolicy;

/**
 * How late something came.
 *
 * @param days 24-hour days from the deadline that have begun; 0 where it came in time or within the grace
 * @param by how long after the deadline; zero or negative where it came before
 * @param closed whether it came after the lab was closed
 */
record Lateness(long days, Duration by, boolean closed) {
    static final Lateness NONE = new Lateness(0, Duration.ZERO, false);
    private static final Duration DAY = Duration.ofDays(1);

    boolean isLate() {
        return days > 0;
    }

    /** @param due the student's own deadline; null: there is none */
    static Lateness of(Instant received, @Nullable Instant due, LatePolicy policy) {
        if (due == null) {
            return NONE;
        }
        Duration by = Duration.between(due, received);
        if (by.compareTo(policy.grace()) <= 0) {
            return new Lateness(0, by, false);
        }
        Duration closes = policy.closes();
        long days = by.minusNanos(1).dividedBy(DAY) + 1;
        return new Lateness(days, by, closes != null && by.compareTo(closes) > 0);
    }
}
