package org.labharness.autograder.gradebook;

import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.ledger.Attempt;

/**
 * An attempt as the course's rules see it for one student.
 *
 * @param lateness zero days where lateness was waived
 * @param standing whether it may count
 * @param fromBank late days of the student that pay for it, if it counts
 * @param earned points before the penalty, exact: scaled to the lab's where something was set aside
 * @param penalty percent that it loses
 * @param worth points after the penalty, exact, without bonus
 * @param bonus what it is worth on top, after the penalty
 */
public record JudgedAttempt(
        Attempt attempt,
        Lateness lateness,
        Standing standing,
        long fromBank,
        BigFraction earned,
        BigFraction penalty,
        BigFraction worth,
        BigFraction bonus) {
    /** Whether an attempt may count, and why not. */
    public enum Standing {
        ACCEPTED,
        /** Nobody could judge it yet. */
        WAITING,
        REFUSED,
        TOO_EARLY,
        CLOSED,
        NO_LATE_DAYS_LEFT,
        COOLING_DOWN,
        TOO_MANY
    }

    JudgedAttempt(Attempt attempt, Lateness lateness, Standing standing) {
        this(attempt, lateness, standing, 0, BigFraction.ZERO, BigFraction.ZERO, BigFraction.ZERO, BigFraction.ZERO);
    }

    boolean accepted() {
        return standing == Standing.ACCEPTED;
    }

    /** All that it is worth. */
    BigFraction whole() {
        return worth.add(bonus);
    }

    /** Late days that nothing pays for. */
    public long chargedDays() {
        return lateness.days() - fromBank;
    }

    /** Begun days after the deadline. */
    public long lateDays() {
        return lateness.days();
    }
}
