package org.labharness.autograder.gradebook;

import static org.labharness.autograder.gradebook.JudgedAttempt.Standing.ACCEPTED;
import static org.labharness.autograder.gradebook.JudgedAttempt.Standing.CLOSED;
import static org.labharness.autograder.gradebook.JudgedAttempt.Standing.COOLING_DOWN;
import static org.labharness.autograder.gradebook.JudgedAttempt.Standing.NO_LATE_DAYS_LEFT;
import static org.labharness.autograder.gradebook.JudgedAttempt.Standing.REFUSED;
import static org.labharness.autograder.gradebook.JudgedAttempt.Standing.TOO_EARLY;
import static org.labharness.autograder.gradebook.JudgedAttempt.Standing.TOO_MANY;
import static org.labharness.autograder.gradebook.JudgedAttempt.Standing.WAITING;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;

/** Which attempts of one student for one lab are accepted, what each is worth, and which one counts. */
record Attempts(CourseLab lab, List<JudgedAttempt> judged) {
    Attempts {
        judged = List.copyOf(judged);
    }

    /**
     * Judges attempts in the order in which they came.
     *
     * @param due the student's own deadline; null: there is none
     * @param inTime whether lateness is waived
     * @param bank late days that the student has left
     */
    static Attempts of(CourseLab lab, List<Attempt> attempts, @Nullable Instant due, boolean inTime, long bank) {
        List<JudgedAttempt> judged = new ArrayList<>();
        @Nullable Instant last = null;
        int accepted = 0;
        for (Attempt attempt : inOrder(attempts)) {
            JudgedAttempt one = standing(lab, attempt, inTime ? null : due, inTime, bank, last, accepted);
            judged.add(one);
            if (one.accepted() && !attempt.spared()) {
                accepted++;
                last = attempt.received();
            }
        }
        return new Attempts(lab, judged);
    }

    /** By the server's time; what has none comes last. */
    private static List<Attempt> inOrder(List<Attempt> attempts) {
        return attempts.stream()
                .sorted(Comparator.comparing(Attempt::received, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparingLong(Attempt::submission))
                .toList();
    }

    private static JudgedAttempt standing(
            CourseLab lab,
            Attempt attempt,
            @Nullable Instant due,
            boolean inTime,
            long bank,
            @Nullable Instant last,
            int accepted) {
        Instant received = attempt.received();
        if (received == null) {
            return inTime
                    ? counted(lab, attempt, Lateness.NONE, bank, accepted)
                    : new JudgedAttempt(attempt, Lateness.NONE, WAITING);
        }
        Lateness late = Lateness.of(received, due, lab.late());
        Instant opens = lab.schedule().opens();
        if (attempt.state() instanceof Attempt.Refused) {
            return new JudgedAttempt(attempt, late, REFUSED);
        }
        if (opens != null && received.isBefore(opens)) {
            return new JudgedAttempt(attempt, late, TOO_EARLY);
        }
        if (late.closed()) {
            return new JudgedAttempt(attempt, late, CLOSED);
        }
        if (!payable(lab.late(), late, bank)) {
            return new JudgedAttempt(attempt, late, NO_LATE_DAYS_LEFT);
        }
        if (last != null && received.isBefore(last.plus(lab.attempts().coolDown()))) {
            return new JudgedAttempt(attempt, late, COOLING_DOWN);
        }
        return counted(lab, attempt, late, bank, accepted);
    }

    private static JudgedAttempt counted(CourseLab lab, Attempt attempt, Lateness late, long bank, int accepted) {
        if (attempt.state() instanceof Attempt.Refused) {
            return new JudgedAttempt(attempt, late, REFUSED);
        }
        Integer most = lab.attempts().most();
        if (most != null && accepted >= most) {
            return new JudgedAttempt(attempt, late, TOO_MANY);
        }
        return attempt.state() instanceof Attempt.Judged judgement
                        && !judgement.of().isZero()
                ? priced(attempt, judgement, lab, late, bank)
                : new JudgedAttempt(attempt, late, WAITING);
    }

    private static boolean payable(LatePolicy policy, Lateness late, long bank) {
        return !policy.bank() || policy.perDay() != null || late.days() <= bank;
    }

    private static JudgedAttempt priced(
            Attempt attempt, Attempt.Judged judgement, CourseLab lab, Lateness late, long bank) {
        LatePolicy policy = lab.late();
        BigFraction points = Exact.of(judgement.points().value());
        BigFraction of = Exact.of(judgement.of().value());
        BigFraction full = Exact.of(lab.machine().value());
        BigFraction earned = of.equals(full) ? points : points.multiply(full).divide(of);
        BigFraction bonus = Exact.of(judgement.bonus().value());
        boolean something = earned.signum() > 0 || bonus.signum() > 0;
        long fromBank = something ? fromBank(policy, late.days(), bank) : 0;
        BigFraction penalty = penalty(policy, late.days() - fromBank);
        return new JudgedAttempt(
                attempt, late, ACCEPTED, fromBank, earned, penalty, less(earned, penalty), less(bonus, penalty));
    }

    /** @param penalty percent */
    private static BigFraction less(BigFraction points, BigFraction penalty) {
        return penalty.signum() == 0
                ? points
                : points.multiply(BigFraction.of(100).subtract(penalty)).divide(100);
    }

    /** Nobody pays days for nothing: not where the cap of what lateness costs is reached with them as well. */
    private static long fromBank(LatePolicy policy, long late, long bank) {
        long days = policy.bank() ? Math.min(late, bank) : 0;
        boolean buys = policy.perDay() == null || penalty(policy, late - days).compareTo(penalty(policy, late)) < 0;
        return buys ? days : 0;
    }

    /** Percent. */
    private static BigFraction penalty(LatePolicy policy, long days) {
        BigDecimal perDay = policy.perDay();
        return perDay == null || days == 0
                ? BigFraction.ZERO
                : Exact.least(Exact.of(perDay).multiply(Math.toIntExact(days)), Exact.of(policy.most()));
    }

    /** The one that counts, by the lab's policy. */
    Optional<JudgedAttempt> counting() {
        List<JudgedAttempt> accepted =
                judged.stream().filter(JudgedAttempt::accepted).toList();
        return switch (lab.attempts().counts()) {
            case BEST ->
                accepted.stream()
                        .min(Comparator.comparing(JudgedAttempt::whole)
                                .reversed()
                                .thenComparingLong(JudgedAttempt::fromBank));
            case LAST -> accepted.isEmpty() ? Optional.empty() : Optional.of(accepted.getLast());
            case LAST_IN_TIME ->
                accepted.stream()
                        .filter(one -> one.lateDays() == 0)
                        .reduce((earlier, later) -> later)
                        .or(() -> accepted.stream().findFirst());
        };
    }

    /** Whether no more are accepted. */
    boolean usedUp() {
        Integer most = lab.attempts().most();
        return most != null
                && judged.stream()
                                .filter(one -> one.accepted() && !one.attempt().spared())
                                .count()
                        >= most;
    }

    /** Whether one of them waits for staff. */
    boolean waiting() {
        return judged.stream().anyMatch(one -> one.standing() == WAITING);
    }
}
