package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.FormItem;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.CourseLab;

/** Finds what one lab is worth for one student. */
final class LabGrader {
    private final Student student;
    private final CourseLab lab;
    private final Bonus bonus;
    private final @Nullable Instant due;
    private final List<GradeOverride> overrides;
    private final Attempts attempts;
    private final List<MarkedItem> items;

    /**
     * @param facts of this student and lab alone
     * @param bank late days that the student has left
     */
    LabGrader(Student student, CourseLab lab, Bonus bonus, StudentFacts facts, long bank) {
        this.student = student;
        this.lab = lab;
        this.bonus = bonus;
        this.due = due(student, lab);
        this.overrides = facts.overrides();
        this.attempts =
                Attempts.of(lab, facts.attempts(), due, decided(Kind.IN_TIME).isPresent(), bank);
        this.items = FormMarks.of(lab, student, facts.marks());
    }

    static @Nullable Instant due(Student student, CourseLab lab) {
        Instant due = lab.schedule().due();
        Extension more = student.extensions().get(lab.id());
        return due == null || more == null ? due : more.from(due);
    }

    /** @param now what is due by then is decided */
    LabGrade grade(Instant now) {
        Optional<JudgedAttempt> counting = attempts.counting();
        Status status = status(now, counting.isPresent());
        BigFraction factor = decided(Kind.FACTOR).map(LabGrader::value).orElse(BigFraction.ONE);
        return new LabGrade(
                lab,
                status,
                due,
                attempts.judged(),
                counting.orElse(null),
                items,
                overrides,
                factor,
                points(counting.map(JudgedAttempt::worth).orElse(BigFraction.ZERO), factor),
                provisional(status, counting));
    }

    private Status status(Instant now, boolean counts) {
        if (lab.cancelled() != null) {
            return Status.CANCELLED;
        }
        if (student.excused().contains(lab.id()) || decided(Kind.EXCUSE).isPresent()) {
            return Status.EXCUSED;
        }
        if (decided(Kind.SET).isPresent()) {
            return Status.GRADED;
        }
        boolean past = due != null && !now.isBefore(due);
        boolean unmarked = items.stream().anyMatch(MarkedItem::open);
        if (due != null && !past) {
            return Status.OPEN;
        }
        if (lab.submitted() && !counts) {
            if (attempts.waiting()) {
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

    private boolean provisional(Status status, Optional<JudgedAttempt> counting) {
        if (status == Status.CANCELLED
                || status == Status.EXCUSED
                || decided(Kind.SET).isPresent()) {
            return false;
        }
        boolean held = counting.map(one -> one.attempt().state() instanceof Attempt.Judged judged && judged.held())
                .orElse(false);
        return held || attempts.waiting() || status == Status.WAITING;
    }

    /** The shared part times the factor, what is personal, what comes on top, then what people decided. */
    private BigFraction points(BigFraction machine, BigFraction factor) {
        Optional<GradeOverride> set = decided(Kind.SET);
        BigFraction ruled = set.map(LabGrader::value)
                .orElseGet(() -> machine.add(sum(item -> !item.personal() && !item.bonus()))
                        .multiply(factor)
                        .add(sum(item -> item.personal() && !item.bonus()))
                        .add(sum(FormItem::bonus)));
        BigFraction added = overrides.stream()
                .filter(one -> one.holds() && one.kind() == Kind.ADD)
                .map(LabGrader::value)
                .reduce(BigFraction.ZERO, BigFraction::add);
        BigFraction points = Exact.most(BigFraction.ZERO, ruled.add(added));
        return bonus == Bonus.LAB ? Exact.least(points, Exact.of(lab.points().value())) : points;
    }

    private BigFraction sum(Predicate<FormItem> which) {
        return items.stream()
                .filter(marked -> which.test(marked.item()))
                .map(MarkedItem::points)
                .reduce(BigFraction.ZERO, BigFraction::add);
    }

    /** The last decision of a kind that holds. */
    private Optional<GradeOverride> decided(Kind kind) {
        return overrides.stream()
                .filter(one -> one.holds() && one.kind() == kind)
                .reduce((earlier, later) -> later);
    }

    private static BigFraction value(GradeOverride override) {
        BigDecimal value = Objects.requireNonNull(override.value());
        return Exact.of(value);
    }
}
