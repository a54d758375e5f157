package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Extension;
import org.labharness.lab.Form;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.Component.Scale;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** Every step of a grade in words and numbers. */
public final class Explanation {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Course course;
    private final ZoneId zone;

    public Explanation(Course course) {
        this.course = course;
        this.zone = course.zone();
    }

    /** A time as the course's students read it. */
    public String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** What leads to a lab's points, one sentence a line. */
    public List<String> lab(LabGrade grade, CourseGrade all) {
        List<String> lines = new ArrayList<>();
        CourseLab lab = grade.lab();
        deadline(grade, all, lines);
        attempts(grade, lines);
        items(grade, lines);
        if (grade.factor().compareTo(BigFraction.ONE) != 0) {
            lines.add("What the team shares counts times " + number(grade.factor()) + " for this student.");
        }
        grade.overrides().forEach(override -> lines.add(override(override)));
        lines.add(status(grade));
        if (lab.cancelled() == null && grade.provisional() && grade.decided()) {
            lines.add("Provisional: staff still have to look at something of it, and nothing is lost for that.");
        }
        return lines;
    }

    private void deadline(LabGrade grade, CourseGrade all, List<String> lines) {
        Instant due = grade.due();
        Extension more = all.student().extensions().get(grade.lab().id());
        if (due != null && more != null) {
            lines.add("Extended to " + time(due) + ".");
        }
    }

    private void attempts(LabGrade grade, List<String> lines) {
        int number = 0;
        for (JudgedAttempt one : grade.attempts()) {
            number += one.accepted() ? 1 : 0;
            lines.add(attempt(one, number, grade));
            Attempt attempt = one.attempt();
            for (int i = 1; i < attempt.history().size(); i++) {
                lines.add("  "
                        + rejudged(
                                attempt.history().get(i - 1), attempt.history().get(i)));
            }
        }
    }

    private String attempt(JudgedAttempt one, int number, LabGrade grade) {
        Attempt attempt = one.attempt();
        String head = one.accepted() ? "Attempt " + number : "Not an attempt";
        String whose = attempt.owner() instanceof Owner.OfTeam team ? " of team " + team.team() : "";
        Instant received = attempt.received();
        String when = received == null ? "received: unknown" : "received " + time(received);
        return head + whose + " (" + shortened(attempt.commit()) + ", " + when + "): "
                + (one.accepted() ? worth(one, grade) : refused(one, grade));
    }

    private static String worth(JudgedAttempt one, LabGrade grade) {
        Attempt.Judged judged = (Attempt.Judged) one.attempt().state();
        StringBuilder words = new StringBuilder(judged.points() + " of " + judged.of());
        Points machine = grade.lab().machine();
        if (judged.of().compareTo(machine) != 0) {
            words.append(" (")
                    .append(machine.minus(judged.of()))
                    .append(" set aside, scaled to ")
                    .append(machine)
                    .append(')');
        }
        if (one.lateDays() > 0) {
            words.append(", ").append(days(one.lateDays())).append(" late");
            if (one.fromBank() > 0) {
                words.append(", ").append(days(one.fromBank())).append(" paid from late days");
            }
        }
        if (one.penalty().signum() > 0) {
            words.append(", less ")
                    .append(number(one.penalty()))
                    .append(" % for ")
                    .append(days(one.chargedDays()))
                    .append(" = ")
                    .append(number(one.worth()));
        }
        if (judged.held()) {
            words.append(", provisional");
        }
        boolean counts = one.equals(grade.counting());
        return words.append(counts ? "; counts, as " + why(grade) : "")
                .append('.')
                .toString();
    }

    private static String why(LabGrade grade) {
        long accepted =
                grade.attempts().stream().filter(JudgedAttempt::accepted).count();
        if (accepted == 1) {
            return "the only one";
        }
        Counts counts = grade.lab().attempts().counts();
        return switch (counts) {
            case BEST -> "the best";
            case LAST -> "the last";
            case LAST_IN_TIME ->
                Objects.requireNonNull(grade.counting()).lateDays() == 0
                        ? "the last in time"
                        : "the first of those that came late, as none came in time";
        };
    }

    private String refused(JudgedAttempt one, LabGrade grade) {
        CourseLab lab = grade.lab();
        return switch (one.standing()) {
            case ACCEPTED -> "";
            case WAITING ->
                one.attempt().received() == null
                        ? "nobody knows when it came; staff decide."
                        : "waits for staff, nothing is lost for it"
                                + (one.attempt().state() instanceof Attempt.Waiting waiting
                                                && !waiting.why().isEmpty()
                                        ? ": " + waiting.why()
                                        : ".");
            case REFUSED ->
                "refused (" + (one.attempt().state() instanceof Attempt.Refused refused ? refused.code() : "")
                        + "), which uses up no attempt.";
            case TOO_EARLY ->
                "came before the lab opened at "
                        + time(Objects.requireNonNull(lab.schedule().opens())) + ".";
            case CLOSED -> "came " + span(one.lateness().by()) + " after the deadline, when the lab was closed.";
            case NO_LATE_DAYS_LEFT ->
                "came " + days(one.lateDays()) + " late, more than the student had late days left.";
            case COOLING_DOWN ->
                "came within " + span(lab.attempts().coolDown()) + " of the one before, too early to be accepted.";
            case TOO_MANY -> "came after all " + lab.attempts().most() + " attempts were used up.";
        };
    }

    private String rejudged(Attempt.Judgement before, Attempt.Judgement now) {
        int change = now.points().compareTo(before.points());
        return (change == 0 ? "judged again, unchanged at " : "judged again, from " + before.points() + " to ")
                + now.points() + " of " + now.of() + ", on " + time(now.at()) + " by " + now.by()
                + (now.why().isEmpty() ? "" : ": " + now.why());
    }

    private void items(LabGrade grade, List<String> lines) {
        Form form = grade.lab().form();
        for (MarkedItem marked : grade.items()) {
            String of = marked.item().points() + (marked.item().bonus() ? " on top" : "");
            String title = marked.item().block().isEmpty()
                    ? marked.item().title()
                    : marked.item().block() + ", " + marked.item().title();
            if (marked.marks().isEmpty()) {
                if (!marked.item().bonus()) {
                    lines.add(title + ": not marked yet, of " + of + ".");
                }
                continue;
            }
            String given = marked.marks().stream().map(this::mark).collect(Collectors.joining(", "));
            String made = marked.marks().size() > 1 ? combined(form) + " = " + number(marked.points()) : "";
            String missing = marked.finished()
                    ? ""
                    : "; " + marked.marks().size() + " of " + form.graders() + " graders have marked it";
            lines.add(title + ": " + given + made + ", of " + of + missing + ".");
        }
    }

    private static String combined(Form form) {
        return switch (form.combine()) {
            case AVERAGE -> ", on average";
            case MEDIAN -> ", the median";
            case CHIEF -> ", the chief's word";
        };
    }

    private String mark(Mark mark) {
        String comment = mark.comment().isEmpty() ? "" : " (“" + mark.comment() + "”)";
        return mark.points() + " by " + mark.grader() + comment;
    }

    /** A decision of staff, whether or not it still holds. */
    public String override(GradeOverride override) {
        BigDecimal value = override.value() == null ? BigDecimal.ZERO : override.value();
        String what = switch (override.kind()) {
            case SET -> "Set to " + value.toPlainString() + " points";
            case ADD -> (value.signum() < 0 ? "" : "+") + value.toPlainString() + " points";
            case FACTOR -> "Factor " + value.toPlainString();
            case EXCUSE -> "Excused";
            case IN_TIME -> "Lateness waived";
            case COMMENT -> "Comment";
        };
        GradeOverride.TakenBack back = override.takenBack();
        return what + " by " + override.by() + " on " + time(override.at()) + because(override.why())
                + (back == null
                        ? ""
                        : " (taken back by " + back.by() + " on " + time(back.at()) + because(back.why()) + ")");
    }

    private static String because(String why) {
        return why.isEmpty() ? "" : ": " + why;
    }

    private String status(LabGrade grade) {
        String points = number(grade.points()) + " of " + grade.lab().points();
        return switch (grade.status()) {
            case GRADED -> points + " = " + percent(grade.share()) + ".";
            case MISSING ->
                "Nothing that counts was handed in by " + time(Objects.requireNonNull(grade.due())) + ": 0 of "
                        + grade.lab().points() + ".";
            case OPEN ->
                (grade.due() == null ? "Open" : "Open until " + time(grade.due()))
                        + (grade.points().signum() == 0 ? "" : ", " + points + " so far") + "; not counted yet.";
            case WAITING ->
                "Waits for staff" + (grade.points().signum() == 0 ? "" : ", " + points + " so far")
                        + "; not counted yet, and nothing is lost for it.";
            case EXCUSED -> "Excused: does not count for this student.";
            case CANCELLED -> "Cancelled for all: " + grade.lab().cancelled() + ".";
        };
    }

    /** How a component comes to its share, one sentence a line. */
    public List<String> component(ComponentGrade grade) {
        List<String> lines = new ArrayList<>();
        Integer best = grade.component().best();
        long offered = grade.labs().stream()
                .filter(lab -> lab.lab().cancelled() == null)
                .count();
        if (offered < grade.component().offered()) {
            lines.add("Only " + offered + " of at least " + grade.component().offered() + " labs are offered so far.");
        }
        if (!grade.decided()) {
            lines.add("Nothing of it is decided yet.");
            return lines;
        }
        List<LabGrade> dropped = grade.dropped();
        if (best != null) {
            lines.add(grade.counted().size() + " best of " + (grade.counted().size() + dropped.size())
                    + (dropped.isEmpty()
                            ? ": none dropped."
                            : ": dropped "
                                    + dropped.stream().map(Explanation::named).collect(Collectors.joining(" and "))
                                    + "."));
            if (grade.best() < best) {
                lines.add("Only " + grade.best() + " labs count for this student, so " + grade.best() + " instead of "
                        + best + " are the best.");
            }
        }
        lines.add(sum(grade));
        return lines;
    }

    private static String named(LabGrade grade) {
        return grade.lab().id() + " (" + number(grade.points()) + ")";
    }

    private static String sum(ComponentGrade grade) {
        int labs = grade.counted().size();
        String share = percent(grade.share());
        String earned = " of " + weight(grade.component().weight()) + " = " + number(grade.points()) + ".";
        if (grade.component().scale() == Scale.POINTS) {
            BigFraction points =
                    grade.counted().stream().map(LabGrade::points).reduce(BigFraction.ZERO, BigFraction::add);
            BigFraction of = grade.counted().stream().map(LabGrade::of).reduce(BigFraction.ZERO, BigFraction::add);
            return number(points) + " of " + number(of) + " points = " + share + earned;
        }
        return (labs == 1 ? "" : "The mean of " + labs + " labs: ") + share + earned;
    }

    /** How the components come to the total, in one sentence. */
    public String total(CourseGrade grade) {
        String sum = grade.components().stream()
                .filter(ComponentGrade::decided)
                .map(component -> number(component.points()))
                .collect(Collectors.joining(" + "));
        if (sum.isEmpty()) {
            return "Nothing is decided yet.";
        }
        String rounding = switch (course.rounding().where()) {
            case TOTAL -> "rounded once, ";
            case COMPONENTS -> "each component rounded, ";
        };
        String words = sum + " = " + number(grade.exact()) + ", " + rounding
                + course.rounding().mode().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " to "
                + course.rounding().places() + " places: " + grade.total().toPlainString() + " of "
                + weight(grade.weight());
        return grade.weight().compareTo(BigDecimal.valueOf(100)) == 0
                ? words + "."
                : words + " that are decided, which is " + grade.percent().toPlainString() + " %.";
    }

    private static String weight(BigDecimal weight) {
        return weight.stripTrailingZeros().toPlainString();
    }

    /** An exact number with at most four decimal places. */
    public static String number(BigFraction exact) {
        return Exact.shown(exact).toPlainString();
    }

    private static String percent(BigFraction share) {
        return number(share.multiply(100)) + " %";
    }

    private static String days(long days) {
        return days == 1 ? "1 day" : days + " days";
    }

    private static String span(Duration span) {
        if (span.toDays() > 1) {
            return span.toDays() + " days";
        }
        return span.toHours() > 1 ? span.toHours() + " hours" : Math.max(1, span.toMinutes()) + " minutes";
    }

    private static String shortened(String commit) {
        return commit.length() > 10 ? commit.substring(0, 10) : commit;
    }
}
