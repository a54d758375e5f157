package org.labharness.autograder.sheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import org.labharness.autograder.gradebook.ComponentGrade;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.ForStudents;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.JudgedAttempt;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.gradebook.Standing;
import org.labharness.autograder.gradebook.Standings;
import org.labharness.autograder.ledger.Attempt.Judged;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.score.Mark;
import org.labharness.autograder.sheet.StudentSheet.AttemptPart;
import org.labharness.autograder.sheet.StudentSheet.CheckPart;
import org.labharness.autograder.sheet.StudentSheet.ComponentPart;
import org.labharness.autograder.sheet.StudentSheet.CourseHead;
import org.labharness.autograder.sheet.StudentSheet.LabPart;
import org.labharness.autograder.sheet.StudentSheet.LateDays;
import org.labharness.autograder.sheet.StudentSheet.Person;
import org.labharness.autograder.sheet.StudentSheet.Total;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.CourseLab;

/** Writes the sheets of a gradebook's students. */
public final class Sheets {
    private static final int SHORT = 10;
    private static final int PLACES = 4;

    private final Gradebook book;
    private final Standings standings;
    private final Explanation words;

    public Sheets(Gradebook book) {
        this.book = book;
        this.standings = new Standings(book);
        this.words = new Explanation(book.course());
    }

    /** @param verdicts of a submission by its number; none where nothing is known of its checks */
    public StudentSheet of(CourseGrade grade, LongFunction<List<Verdict>> verdicts) {
        Student student = grade.student();
        int days = book.course().lateDays();
        return new StudentSheet(
                SheetJson.SCHEMA,
                new CourseHead(
                        book.course().id().value(),
                        book.course().title(),
                        book.course().zone().getId()),
                book.asOf(),
                new Person(
                        student.id().value(),
                        student.name(),
                        student.section(),
                        Objects.toString(student.team(), null)),
                total(grade),
                days == 0 ? null : new LateDays(grade.lateDays(), days),
                grade.components().stream()
                        .map(component -> component(component, grade, verdicts))
                        .toList());
    }

    private Total total(CourseGrade grade) {
        Standing standing = standings.of(grade);
        return new Total(
                grade.total().toPlainString(),
                grade.weight().stripTrailingZeros().toPlainString(),
                grade.percent().toPlainString(),
                standing.outcome(),
                standing.letter(),
                standing.rank(),
                standings.graded(),
                words.total(grade));
    }

    private ComponentPart component(ComponentGrade component, CourseGrade grade, LongFunction<List<Verdict>> verdicts) {
        List<LabGrade> dropped = component.dropped();
        return new ComponentPart(
                component.component().id().value(),
                component.component().title(),
                component.component().weight().stripTrailingZeros().toPlainString(),
                component.decided() ? Explanation.number(component.points()) : null,
                words.component(component),
                component.labs().stream()
                        .map(lab -> lab(ForStudents.of(lab), !dropped.contains(lab), grade, verdicts))
                        .toList());
    }

    private LabPart lab(LabGrade lab, boolean counts, CourseGrade grade, LongFunction<List<Verdict>> verdicts) {
        JudgedAttempt counting = lab.counting();
        return new LabPart(
                lab.lab().id().value(),
                lab.lab().title(),
                Explanation.number(lab.points()),
                lab.lab().points().toString(),
                lab.status(),
                counts && lab.status() != Status.EXCUSED && lab.status() != Status.CANCELLED,
                lab.provisional(),
                lab.due(),
                lab.fromBank(),
                words.lab(lab, grade),
                lab.lab().machine().toString(),
                lab.attempts().stream()
                        .map(attempt -> attempt(attempt, lab.lab(), attempt.equals(counting)))
                        .toList(),
                counting == null
                        ? List.of()
                        : verdicts.apply(counting.attempt().submission()).stream()
                                .map(Sheets::check)
                                .toList());
    }

    private static AttemptPart attempt(JudgedAttempt attempt, CourseLab lab, boolean counts) {
        String commit = attempt.attempt().commit();
        return new AttemptPart(
                commit.substring(0, Math.min(SHORT, commit.length())),
                attempt.attempt().received(),
                attempt.standing(),
                attempt.attempt().state() instanceof Judged judged && accepted(attempt) ? scaled(judged, lab) : null,
                accepted(attempt) ? Explanation.number(attempt.worth()) : null,
                attempt.lateDays(),
                counts);
    }

    private static boolean accepted(JudgedAttempt attempt) {
        return attempt.standing() == JudgedAttempt.Standing.ACCEPTED;
    }

    /** Points over what could be earned, of all that the lab's checks give; at most four places. */
    private static String scaled(Judged judged, CourseLab lab) {
        if (judged.of().isZero()) {
            return "0";
        }
        BigDecimal points = judged.points()
                .value()
                .multiply(lab.machine().value())
                .divide(judged.of().value(), PLACES, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return points.toPlainString();
    }

    private static CheckPart check(Verdict verdict) {
        return new CheckPart(
                verdict.id().value(),
                verdict.title(),
                verdict.points().toString(),
                verdict.of().toString(),
                Mark.of(verdict),
                verdict.support(),
                verdict.message(),
                verdict.hint());
    }
}
