package org.labharness.autograder.gradebook;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.GradeOverride.TakenBack;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.NotTaken;

/**
 * A lab's grade as its student may see it: without words that are for staff alone. Numbers stay as they are.
 *
 * <p>For staff alone are: what kept the harness from reading a repository or from judging an attempt, and every comment or reason that
 * begins with {@code staff:}, or with what people write in its place, such as {@code [staff only]}. A decision stays without such a
 * reason; of a comment on a grade nothing stays.
 */
public final class ForStudents {
    private static final Pattern STAFF_ONLY = Pattern.compile(
            "[^\\p{L}\\p{N}]*staff(?:[\\s_-]*only)?\\s*[:\uFF1A\\])}].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private ForStudents() {}

    public static LabGrade of(LabGrade grade) {
        return new LabGrade(
                grade.lab(),
                grade.status(),
                grade.due(),
                grade.bank(),
                grade.attempts().stream().map(ForStudents::judged).toList(),
                counting(grade.counting()),
                grade.items().stream().map(ForStudents::item).toList(),
                grade.overrides().stream()
                        .filter(one -> one.kind() != Kind.COMMENT || !staffOnly(one.why()))
                        .map(ForStudents::override)
                        .toList(),
                notTaken(grade.notTaken()),
                grade.earned(),
                grade.provisional(),
                grade.lateUntil());
    }

    private static @Nullable NotTaken notTaken(@Nullable NotTaken one) {
        return one == null || !one.excuses()
                ? one
                : new NotTaken(one.lab(), one.owner(), one.at(), one.commit(), true, "", one.taken());
    }

    private static boolean staffOnly(String words) {
        return STAFF_ONLY.matcher(words).matches();
    }

    private static String open(String words) {
        return staffOnly(words) ? "" : words;
    }

    private static @Nullable JudgedAttempt counting(@Nullable JudgedAttempt one) {
        return one == null ? null : judged(one);
    }

    private static JudgedAttempt judged(JudgedAttempt one) {
        return new JudgedAttempt(
                attempt(one.attempt()),
                one.lateness(),
                one.standing(),
                one.fromBank(),
                one.earned(),
                one.penalty(),
                one.worth(),
                one.bonus());
    }

    private static Attempt attempt(Attempt attempt) {
        Attempt.State state = attempt.state() instanceof Attempt.Waiting ? new Attempt.Waiting("") : attempt.state();
        List<Attempt.Judgement> history = attempt.history().stream()
                .map(one ->
                        new Attempt.Judgement(one.points(), one.of(), one.bonus(), one.at(), one.by(), open(one.why())))
                .toList();
        return new Attempt(
                attempt.submission(),
                attempt.lab(),
                attempt.owner(),
                attempt.commit(),
                attempt.received(),
                state,
                attempt.spared(),
                history);
    }

    private static MarkedItem item(MarkedItem item) {
        List<Mark> marks = item.marks().stream()
                .map(mark -> new Mark(
                        mark.id(),
                        mark.lab(),
                        mark.owner(),
                        mark.item(),
                        mark.grader(),
                        mark.chief(),
                        mark.points(),
                        open(mark.comment()),
                        mark.at()))
                .toList();
        return new MarkedItem(item.item(), marks, item.finished(), item.points());
    }

    private static GradeOverride override(GradeOverride one) {
        TakenBack back = one.takenBack();
        return new GradeOverride(
                one.id(),
                one.student(),
                one.lab(),
                one.kind(),
                one.value(),
                one.by(),
                open(one.why()),
                one.at(),
                back == null ? null : new TakenBack(back.by(), open(back.why()), back.at()));
    }
}
