package org.labharness.autograder.gradebook;

import java.util.Objects;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.LatePolicy;

/** What is said of the worth of an attempt that was accepted. */
record WorthWords(LabGrade grade) {
    String of(JudgedAttempt one) {
        Attempt.Judged judged = (Attempt.Judged) one.attempt().state();
        AttemptPolicy policy = grade.lab().attempts();
        boolean limited = policy.most() != null || !policy.coolDown().isZero();
        StringBuilder words = new StringBuilder(points(one, judged) + onTop(judged.bonus()));
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

    static String onTop(Points bonus) {
        return bonus.isZero() ? "" : " + " + bonus + " bonus";
    }

    /** Something else could be earned where a part was set aside, or where the rubric was another one at that time. */
    private String points(JudgedAttempt one, Attempt.Judged judged) {
        Points machine = grade.lab().machine();
        return judged.points() + " of " + judged.of()
                + (judged.of().equals(machine)
                        ? ""
                        : " that could be earned, which is " + Wording.number(one.earned()) + " of " + machine);
    }

    /** Of several, which one counts and why; of one alone everybody knows. */
    private String counts(JudgedAttempt one) {
        long accepted =
                grade.attempts().stream().filter(JudgedAttempt::accepted).count();
        return accepted > 1 && grade.decides(one) ? "; counts, as " + why() : "";
    }

    private String price(JudgedAttempt one) {
        LatePolicy late = grade.lab().late();
        if (one.earned().signum() == 0 && one.bonus().signum() == 0) {
            return "";
        }
        if (one.fromBank() == 0) {
            String none = late.bank() && grade.bank() == 0 ? " with no late days left" : "";
            return none + ", which costs " + (one.penalty().signum() == 0 ? "nothing" : cost(one, " and leaves "));
        }
        boolean all = one.chargedDays() == 0;
        String days = all ? "" : one.fromBank() + " of ";
        String paid = grade.decides(one)
                ? (all ? ", paid with late days" : ", " + days + "them paid with late days")
                : ", " + days + "which late days would pay";
        String others = one.chargedDays() == 1 ? ", the other costs " : ", the others cost ";
        return paid + (all ? "" : others + cost(one, one.chargedDays() == 1 ? " and leaves " : " and leave "));
    }

    private String cost(JudgedAttempt one, String leaves) {
        LatePolicy late = grade.lab().late();
        boolean capped = Exact.of(Objects.requireNonNull(late.perDay()))
                        .multiply(Math.toIntExact(one.chargedDays()))
                        .compareTo(one.penalty())
                > 0;
        return Wording.number(one.penalty()) + " %" + (capped ? ", the most that coming late costs," : "") + leaves
                + Wording.number(one.worth())
                + (one.bonus().signum() == 0 ? "" : " + " + Wording.number(one.bonus()) + " bonus");
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
}
