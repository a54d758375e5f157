package org.labharness.autograder.gradebook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.Look;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.CourseLab;

/** Finds what one lab is worth for one student. */
final class LabGrader {
    private final Student student;
    private final CourseLab lab;
    private final Bonus bonus;
    private final @Nullable Instant due;
    private final long bank;
    private final boolean waived;
    private final List<GradeOverride> overrides;
    private final Attempts attempts;
    private final List<MarkedItem> items;
    private final List<NotTaken> notTaken;
    private final List<Look> looks;
    private final boolean placed;

    /**
     * @param facts of this student and lab alone
     * @param bank late days that the student has left
     */
    LabGrader(Student student, CourseLab lab, Bonus bonus, StudentFacts facts, long bank) {
        this.student = student;
        this.lab = lab;
        this.bonus = bonus;
        this.due = student.due(lab);
        this.bank = bank;
        this.overrides = facts.overrides();
        this.waived = decided(Kind.IN_TIME).isPresent();
        this.attempts = Attempts.of(lab, timed(facts), due, waived, bank);
        this.items = FormMarks.of(lab, student, facts.marks());
        this.notTaken = facts.notTaken();
        this.looks = facts.looks();
        this.placed = facts.placed();
    }

    /**
     * What was found in a repository may have been there long before: where it would be late by a deadline that was moved since, or was
     * read late, it is not known whether it is.
     */
    private List<Attempt> timed(StudentFacts facts) {
        return facts.attempts().stream()
                .map(one -> facts.atLatest().contains(one.submission()) && isLate(one) ? one.untimed() : one)
                .toList();
    }

    private boolean isLate(Attempt attempt) {
        Instant received = attempt.received();
        return received != null && Lateness.of(received, due, lab.late()).isLate();
    }

    /** @param now what is due by then is decided */
    LabGrade grade(Instant now) {
        Optional<JudgedAttempt> counting = attempts.counting();
        @Nullable NotTaken untaken = notTaken(now, counting.isPresent());
        boolean excused = untaken != null && untaken.excuses();
        Status status = status(now, counting.isPresent(), excused);
        BigFraction machine = counting.map(JudgedAttempt::worth).orElse(BigFraction.ZERO);
        BigFraction onTop = counting.map(JudgedAttempt::bonus).orElse(BigFraction.ZERO);
        return new LabGrade(
                lab,
                status,
                due,
                bank,
                attempts.judged(),
                counting.orElse(null),
                items,
                overrides,
                untaken,
                Earned.of(
                        machine,
                        onTop,
                        items,
                        overrides,
                        bonus == Bonus.LAB ? Exact.of(lab.points().value()) : null),
                provisional(status, counting, excused),
                lateUntil(now, status));
    }

    /** What people have decided of it, whatever was handed in. */
    private Optional<Status> settled() {
        if (lab.cancelled() != null) {
            return Optional.of(Status.CANCELLED);
        }
        if (student.excused().contains(lab.id()) || decided(Kind.EXCUSE).isPresent()) {
            return Optional.of(Status.EXCUSED);
        }
        return decided(Kind.SET).map(points -> Status.GRADED);
    }

    /** @param excused whether something may be there that nobody could read, for reasons that may be no fault of the student's */
    private Status status(Instant now, boolean counts, boolean excused) {
        Optional<Status> settled = settled();
        if (settled.isPresent()) {
            return settled.get();
        }
        boolean past = past(now);
        boolean unmarked = items.stream().anyMatch(MarkedItem::open);
        if (due != null && !past) {
            return Status.OPEN;
        }
        if (lab.submitted() && !counts) {
            if (attempts.waiting() || (past && excused)) {
                return Status.WAITING;
            }
            return past && !unmarked ? Status.MISSING : past ? Status.WAITING : Status.OPEN;
        }
        if (!unmarked) {
            return Status.GRADED;
        }
        boolean begun =
                past || counts || items.stream().anyMatch(item -> !item.marks().isEmpty());
        return begun ? Status.WAITING : Status.OPEN;
    }

    /** What could not be taken and matters; nothing where people have decided. */
    private @Nullable NotTaken notTaken(Instant now, boolean counts) {
        if (!lab.submitted() || settled().isPresent()) {
            return null;
        }
        Untaken untaken = new Untaken(student, lab, due, waived, attempts);
        return untaken.of(notTaken)
                .or(() -> placed && past(now) && !counts ? untaken.unread(looks) : Optional.empty())
                .orElse(null);
    }

    private boolean past(Instant now) {
        return due != null && !now.isBefore(due.plus(lab.late().grace()));
    }

    private boolean provisional(Status status, Optional<JudgedAttempt> counting, boolean excused) {
        if (settled().isPresent()) {
            return false;
        }
        boolean held = counting.map(one -> one.attempt().state() instanceof Attempt.Judged judged && judged.held())
                .orElse(false);
        return held || attempts.waiting() || status == Status.WAITING || (status == Status.GRADED && excused);
    }

    /** Until when it can be handed in though it is late; null where it cannot, or where there is no such moment. */
    private @Nullable Instant lateUntil(Instant now, Status status) {
        Duration closes = lab.late().closes();
        if (due == null
                || closes == null
                || !lab.submitted()
                || status == Status.OPEN
                || settled().isPresent()) {
            return null;
        }
        Instant until = due.plus(closes);
        return now.isBefore(until) && !attempts.usedUp() ? until : null;
    }

    /** The last decision of a kind that holds. */
    private Optional<GradeOverride> decided(Kind kind) {
        return overrides.isEmpty()
                ? Optional.empty()
                : overrides.stream()
                        .filter(one -> one.holds() && one.kind() == kind)
                        .reduce((earlier, later) -> later);
    }
}
