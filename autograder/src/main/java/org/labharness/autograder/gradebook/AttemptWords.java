package org.labharness.autograder.gradebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.CourseLab;

/** What is said of the attempts at a lab. */
final class AttemptWords {
    private static final int SHORT_COMMIT = 8;

    private final CourseClock clock;
    private final LabGrade grade;

    AttemptWords(CourseClock clock, LabGrade grade) {
        this.clock = clock;
        this.grade = grade;
    }

    /** One sentence an attempt, and one for each time that it was judged again, indented. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (JudgedAttempt one : grade.attempts()) {
            number += one.accepted() ? 1 : 0;
            String more = one.accepted() ? worth(one) : refused(one);
            lines.add((head(one, number) + (more.isEmpty() ? "." : ": " + more)).strip());
            List<Attempt.Judgement> history = one.attempt().history();
            for (int i = 1; i < history.size(); i++) {
                lines.add("  " + rejudged(history.get(i - 1), history.get(i)));
            }
        }
        return lines;
    }

    private String head(JudgedAttempt one, int number) {
        Attempt attempt = one.attempt();
        String what = switch (one.standing()) {
            case ACCEPTED -> "Attempt " + number;
            case WAITING -> "Not judged yet";
            case REFUSED, TOO_EARLY, CLOSED, NO_LATE_DAYS_LEFT, COOLING_DOWN, TOO_MANY -> "Not counted";
        };
        String whose = attempt.owner() instanceof Owner.OfTeam team ? " of team " + team.team() : "";
        Instant received = attempt.received();
        String when = received == null ? "at an unknown time" : clock.time(received);
        String commit = attempt.commit();
        return what + whose + ", " + when + " (" + commit.substring(0, Math.min(SHORT_COMMIT, commit.length())) + ")";
    }

    private String worth(JudgedAttempt one) {
        Attempt.Judged judged = (Attempt.Judged) one.attempt().state();
        AttemptPolicy policy = grade.lab().attempts();
        boolean limited = policy.most() != null || !policy.coolDown().isZero();
        StringBuilder words =
                new StringBuilder(judged.points() + " of " + judged.of() + scaled(one, judged) + onTop(judged.bonus()));
        if (one.lateDays() > 0) {
            words.append("; ")
                    .append(Wording.days(one.lateDays()))
                    .append(" late")
                    .append(price(one));
        }
        if (judged.held()) {
            words.append("; a part of it waits for staff");
        }
        if (one.attempt().spared() && limited) {
            words.append("; uses up no attempt, as the harness failed at it");
        }
        return words.append(counts(one)).append('.').toString();
    }

    /** Of several, which one counts and why; of one alone everybody knows. */
    private String counts(JudgedAttempt one) {
        long accepted =
                grade.attempts().stream().filter(JudgedAttempt::accepted).count();
        boolean decides = grade.offered() && grade.earned().set() == null;
        return decides && accepted > 1 && one.equals(grade.counting()) ? "; counts, as " + why() : "";
    }

    /** Where a part was set aside, or the lab was worth something else at that time. */
    private String scaled(JudgedAttempt one, Attempt.Judged judged) {
        Points machine = grade.lab().machine();
        int more = judged.of().compareTo(machine);
        if (more == 0) {
            return "";
        }
        String reason = more < 0
                ? machine.minus(judged.of()) + " of " + machine + " set aside"
                : "the checks are worth " + machine + " now";
        return " (" + reason + ", so " + Wording.number(one.earned()) + " of " + machine + ")";
    }

    private static String price(JudgedAttempt one) {
        boolean costs = one.penalty().signum() > 0;
        String price = Wording.number(one.penalty()) + " % = " + Wording.number(one.worth())
                + (one.bonus().signum() == 0 ? "" : " + " + Wording.number(one.bonus()) + " bonus");
        if (one.fromBank() == 0) {
            return costs ? ", which costs " + price : "";
        }
        if (one.chargedDays() == 0) {
            return ", paid with late days";
        }
        return ", " + one.fromBank() + " of them paid with late days" + (costs ? ", the others cost " + price : "");
    }

    private String why() {
        return switch (grade.lab().attempts().counts()) {
            case BEST -> "the best";
            case LAST -> "the last";
            case LAST_IN_TIME ->
                Objects.requireNonNull(grade.counting()).lateDays() == 0
                        ? "the last in time"
                        : "the first of those that came late, as none came in time";
        };
    }

    private String refused(JudgedAttempt one) {
        CourseLab lab = grade.lab();
        return switch (one.standing()) {
            case ACCEPTED -> "";
            case WAITING -> waiting(one);
            case REFUSED ->
                "refused"
                        + (one.attempt().state() instanceof Attempt.Refused refused ? " (" + refused.code() + ")" : "")
                        + ", which uses up no attempt.";
            case TOO_EARLY ->
                "came before the lab opened at "
                        + clock.time(Objects.requireNonNull(lab.schedule().opens())) + ".";
            case CLOSED ->
                "came " + Wording.span(one.lateness().by())
                        + " after the deadline, when nothing was accepted any more.";
            case NO_LATE_DAYS_LEFT -> "came " + Wording.days(one.lateDays()) + " late, and fewer late days were left.";
            case COOLING_DOWN -> "came less than " + Wording.span(lab.attempts().coolDown()) + " after the one before.";
            case TOO_MANY -> "came after all " + lab.attempts().most() + " attempts were used up.";
        };
    }

    private static String waiting(JudgedAttempt one) {
        String unknown = one.attempt().received() == null ? "staff decide when it came. " : "";
        return switch (one.attempt().state()) {
            case Attempt.Waiting waiting -> unknown + waiting.why();
            case Attempt.Judged judged -> unknown.isEmpty() ? "nothing of it could be judged." : unknown;
            case Attempt.Refused refused -> unknown;
        };
    }

    private static String onTop(Points bonus) {
        return bonus.isZero() ? "" : " + " + bonus + " bonus";
    }

    private String rejudged(Attempt.Judgement before, Attempt.Judgement now) {
        boolean same = before.points().equals(now.points())
                && before.of().equals(now.of())
                && before.bonus().equals(now.bonus());
        String after = now.points() + " of " + now.of() + onTop(now.bonus());
        String then =
                before.points() + (before.of().equals(now.of()) ? "" : " of " + before.of()) + onTop(before.bonus());
        String change = same ? "unchanged at " + after : "from " + then + " to " + after;
        return "Judged again by " + now.by() + " on " + clock.time(now.at()) + ", " + change
                + (now.why().isEmpty() ? "." : ": " + sentence(now.why()));
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }
}
