package org.labharness.autograder.gradebook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;

/** What is said of the attempts at a lab. */
final class AttemptWords {
    private final CourseClock clock;
    private final LabGrade grade;

    AttemptWords(CourseClock clock, LabGrade grade) {
        this.clock = clock;
        this.grade = grade;
    }

    /** One sentence an attempt, and one for each time that it was judged again, indented. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        WorthWords worth = new WorthWords(grade);
        int number = 0;
        int cooling = 0;
        for (JudgedAttempt one : grade.attempts()) {
            number += one.accepted() ? 1 : 0;
            cooling = one.accepted() && !one.attempt().spared() ? number : cooling;
            String more = one.accepted() ? worth.of(one) : refused(one, cooling);
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
            case WAITING ->
                attempt.received() == null && attempt.state() instanceof Attempt.Judged
                        ? "Not decided yet"
                        : "Not judged yet";
            case REFUSED, TOO_EARLY, CLOSED, NO_LATE_DAYS_LEFT, COOLING_DOWN, TOO_MANY -> "Not counted";
        };
        Instant received = attempt.received();
        String when = received == null ? "at an unknown time" : clock.time(received);
        return what + Wording.whose(attempt.owner()) + ", " + when + " (" + Wording.commit(attempt.commit()) + ")";
    }

    /** @param cooling the number of the attempt after which the next one has to wait */
    private String refused(JudgedAttempt one, int cooling) {
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
            case CLOSED -> closed(one);
            case NO_LATE_DAYS_LEFT ->
                "came " + Wording.days(one.lateDays()) + " late, with " + Wording.lateDays(grade.bank()) + " left.";
            case COOLING_DOWN ->
                "came less than " + Wording.span(lab.attempts().coolDown()) + " after attempt " + cooling + ".";
            case TOO_MANY ->
                Objects.equals(lab.attempts().most(), 1)
                        ? "came after the only attempt was used up."
                        : "came after all " + lab.attempts().most() + " attempts were used up.";
        };
    }

    private String closed(JudgedAttempt one) {
        Duration closes = Objects.requireNonNull(grade.lab().late().closes());
        return closes.isZero()
                ? "came " + Wording.span(one.lateness().by()) + " after the deadline, and late work is not accepted."
                : "came more than " + Wording.span(closes) + " after the deadline, when nothing was accepted any more.";
    }

    private static String waiting(JudgedAttempt one) {
        String unknown = one.attempt().received() == null ? "staff decide when it came. " : "";
        return switch (one.attempt().state()) {
            case Attempt.Waiting waiting -> unknown + waiting.why();
            case Attempt.Judged judged ->
                unknown.isEmpty()
                        ? "nothing of it could be judged."
                        : judged.points() + " of " + judged.of() + WorthWords.onTop(judged.bonus())
                                + " by the checks; staff decide whether it came in time.";
            case Attempt.Refused refused -> unknown;
        };
    }

    private String rejudged(Attempt.Judgement before, Attempt.Judgement now) {
        boolean same = before.points().equals(now.points())
                && before.of().equals(now.of())
                && before.bonus().equals(now.bonus());
        String after = now.points() + " of " + now.of() + WorthWords.onTop(now.bonus());
        String then = before.points()
                + (before.of().equals(now.of()) ? "" : " of " + before.of())
                + WorthWords.onTop(before.bonus());
        String change = same ? "unchanged at " + after : "from " + then + " to " + after;
        return "Judged again by " + now.by() + " on " + clock.time(now.at()) + ", " + change
                + (now.why().isEmpty() ? "." : ": " + sentence(now.why()));
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }
}
