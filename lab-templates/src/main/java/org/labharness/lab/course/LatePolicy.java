package org.labharness.lab.course;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What coming late costs. A day is 24 hours from the deadline, and each one that has begun counts.
 *
 * @param grace within it nobody is late; beyond it the days count from the deadline, not from its end
 * @param perDay percent of the points earned that each day costs; null: coming late costs nothing
 * @param most percent that lateness costs at most
 * @param bank whether days late are paid from the student's late days first; they are spent in the order of the deadlines
 * @param closes how long after the deadline something is accepted at all; null: without end
 */
public record LatePolicy(
        Duration grace,
        @Nullable BigDecimal perDay,
        BigDecimal most,
        boolean bank,
        @Nullable Duration closes) {
    /** Late work is not accepted. */
    public static final LatePolicy REFUSED =
            new LatePolicy(Duration.ZERO, null, BigDecimal.valueOf(100), false, Duration.ZERO);

    /** Late work is accepted and costs nothing. */
    public static final LatePolicy ACCEPTED = new LatePolicy(Duration.ZERO, null, BigDecimal.valueOf(100), false, null);
}
