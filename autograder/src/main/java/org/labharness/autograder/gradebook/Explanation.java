package org.labharness.autograder.gradebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.LatePolicy;

/** Every step of a grade in words and numbers. */
public final class Explanation {
    private final CourseClock clock;
    private final TotalWords totals;

    public Explanation(Course course) {
        this.clock = new CourseClock(course.zone());
        this.totals = new TotalWords(course.rounding());
    }

    /** A time as the course's students read it. */
    public String time(Instant instant) {
        return clock.time(instant);
    }

    /** What leads to a lab's points, one sentence a line, the result last. */
    public List<String> lab(LabGrade grade, CourseGrade all) {
        List<String> lines = new ArrayList<>(steps(grade, all));
        lines.add(result(grade));
        return lines;
    }

    /** The same without the result. */
    public List<String> steps(LabGrade grade, CourseGrade all) {
        List<String> lines = new ArrayList<>();
        deadline(grade, all).ifPresent(lines::add);
        lines.addAll(new AttemptWords(clock, grade).lines());
        NotTaken notTaken = grade.notTaken();
        if (notTaken != null) {
            lines.add(NotTakenWords.line(clock, notTaken));
        }
        lines.addAll(new FormWords(grade.lab().form()).lines(grade.items(), grade.offered()));
        lines.addAll(new DecisionWords(clock).lines(grade.overrides()));
        lines.addAll(EarnedWords.lines(grade));
        if (grade.provisional() && grade.decided()) {
            lines.add("Provisional: staff still have to look at something of it, and nothing is lost for that.");
        }
        boolean improvable = grade.decided() && grade.share().compareTo(BigFraction.ONE) < 0;
        Instant until = grade.lateUntil();
        if (until != null && improvable) {
            lines.add("Late work is accepted until " + clock.end(until) + ".");
        }
        return lines.stream().map(Wording::ended).toList();
    }

    /** Where it was extended, or somebody came late. */
    private Optional<String> deadline(LabGrade grade, CourseGrade all) {
        Instant due = grade.due();
        if (due == null) {
            return Optional.empty();
        }
        boolean extended = all.student().extensions().get(grade.lab().id()) != null
                && !due.equals(grade.lab().schedule().due());
        boolean late = grade.attempts().stream().anyMatch(one -> one.lateDays() > 0);
        if (!extended && !late) {
            return Optional.empty();
        }
        LatePolicy policy = grade.lab().late();
        boolean counted = late && (policy.bank() || policy.perDay() != null);
        return Optional.of((extended ? "Deadline extended to " : "Due by ")
                + clock.end(due)
                + (late && !policy.grace().isZero() ? ", with " + Wording.span(policy.grace()) + " of grace" : "")
                + (counted ? "; each 24 hours begun after the deadline count as a day late." : "."));
    }

    /** A decision of staff, whether or not it still holds. */
    public String override(GradeOverride override) {
        return new DecisionWords(clock).line(override);
    }

    /** What a lab comes to, in one sentence. */
    public String result(LabGrade grade) {
        String of = grade.lab().points().toString();
        String points = written(grade.points()) + " of " + of;
        return Wording.ended(sentence(grade, points));
    }

    private String sentence(LabGrade grade, String points) {
        return switch (grade.status()) {
            case GRADED -> points + " = " + Wording.percent(grade.share()) + ".";
            case MISSING ->
                (grade.attempts().isEmpty() && grade.notTaken() == null ? "Nothing was" : "Nothing that counts was")
                        + " handed in by "
                        + clock.end(Objects.requireNonNull(grade.due())) + ": " + points
                        + (grade.points().signum() == 0 ? "." : " = " + Wording.percent(grade.share()) + ".");
            case OPEN ->
                (grade.due() == null ? "Open" : "Open until " + clock.end(grade.due())) + soFar(grade)
                        + "; not counted yet.";
            case WAITING -> "Waits for staff" + soFar(grade) + "; not counted yet, and nothing is lost for it.";
            case EXCUSED -> "Excused: does not count for this student" + earned(grade);
            case CANCELLED -> "Cancelled for all: " + grade.lab().cancelled() + earned(grade);
        };
    }

    private static String soFar(LabGrade grade) {
        return grade.points().signum() == 0
                ? ""
                : ", " + written(grade.points()) + " of " + grade.lab().points() + " so far";
    }

    private static String earned(LabGrade grade) {
        return grade.points().signum() == 0
                ? "."
                : " (" + written(grade.points()) + " of " + grade.lab().points() + " were earned).";
    }

    /** How a component comes to its share, one sentence a line. */
    public List<String> component(ComponentGrade grade) {
        return ComponentWords.lines(grade).stream().map(Wording::ended).toList();
    }

    /** How the components come to the total, in one sentence. */
    public String total(CourseGrade grade) {
        return Wording.ended(totals.line(grade));
    }

    /** An exact number rounded half up to four decimal places, for tables. */
    public static String number(BigFraction exact) {
        return Exact.shown(exact).toPlainString();
    }

    /** An exact number as it stands in sentences: an ellipsis stands for more than four decimal places. */
    public static String written(BigFraction exact) {
        return Wording.number(exact);
    }
}
