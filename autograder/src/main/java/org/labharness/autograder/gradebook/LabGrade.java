package org.labharness.autograder.gradebook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.lab.course.CourseLab;

/**
 * What one lab is worth for one student, with everything that led there.
 *
 * @param due the student's own deadline; null: there is none
 * @param bank late days that the student had left when the turn came to this lab
 * @param attempts as the course's rules see them, in the order in which they came
 * @param counting the attempt that counts; null: none does
 * @param items what people gave
 * @param overrides all of them, also those that do not hold any more
 * @param notTaken what could not be taken of the student's work and still matters; null: nothing
 * @param earned the points in their parts
 * @param provisional whether staff still have to look at something of it
 * @param lateUntil until when it is still accepted though it is late; null: it is not, or has no such end
 */
public record LabGrade(
        CourseLab lab,
        Status status,
        @Nullable Instant due,
        long bank,
        List<JudgedAttempt> attempts,
        @Nullable JudgedAttempt counting,
        List<MarkedItem> items,
        List<GradeOverride> overrides,
        @Nullable NotTaken notTaken,
        Earned earned,
        boolean provisional,
        @Nullable Instant lateUntil) {
    public LabGrade {
        attempts = List.copyOf(attempts);
        items = List.copyOf(items);
        overrides = List.copyOf(overrides);
    }

    /** How far a lab is for a student. */
    public enum Status {
        GRADED,
        /** Nothing that counts was handed in by the deadline. */
        MISSING,
        /** It can still be handed in, or nobody has begun to mark it and there is no deadline. */
        OPEN,
        /** Staff have to judge or mark something before it is worth anything, or to see what could not be read. */
        WAITING,
        EXCUSED,
        CANCELLED
    }

    /** Whether it is settled enough to count. */
    boolean decided() {
        return status == Status.GRADED || status == Status.MISSING;
    }

    /** Whether it will count one day. */
    boolean offered() {
        return status != Status.EXCUSED && status != Status.CANCELLED;
    }

    /** Points, exact, after all that counts. */
    public BigFraction points() {
        return earned.points();
    }

    /** Points over the lab's own, more than 1 where a bonus is not capped. */
    public BigFraction share() {
        BigFraction of = of();
        return of.signum() == 0 ? BigFraction.ZERO : points().divide(of);
    }

    BigFraction of() {
        return Exact.of(lab.points().value());
    }

    /** Late days of the student that the counting attempt takes; none where people have decided the points. */
    public long fromBank() {
        return byAttempt()
                ? Optional.ofNullable(counting).map(JudgedAttempt::fromBank).orElse(0L)
                : 0;
    }

    private boolean byAttempt() {
        return offered() && earned.set() == null;
    }

    /** Whether the points of the lab are those of an attempt. */
    boolean decides(JudgedAttempt attempt) {
        return byAttempt() && attempt.equals(counting);
    }

    /** What is still to be marked. */
    public List<MarkedItem> unfinished() {
        return items.stream().filter(MarkedItem::open).toList();
    }
}
