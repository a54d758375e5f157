package org.labharness.autograder.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.gradebook.SmallCourse.Handed;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Readings;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;

/** What is meant to help a student, or is no fault of theirs, never does harm. */
// So many parameters have more edge cases together than there are tries.
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class FairnessTests {
    private static final int DUE = 240;

    @Provide
    Arbitrary<List<Handed>> one() {
        return SmallCourse.handed(1);
    }

    @Provide
    Arbitrary<List<Handed>> three() {
        return SmallCourse.handed(3);
    }

    @Provide
    Arbitrary<List<Handed>> five() {
        return SmallCourse.handed(5);
    }

    @Provide
    Arbitrary<LatePolicy> late() {
        return SmallCourse.late(false);
    }

    @Provide
    Arbitrary<LatePolicy> anyLate() {
        return Arbitraries.oneOf(SmallCourse.late(false), SmallCourse.late(true));
    }

    @Provide
    Arbitrary<AttemptPolicy> best() {
        return SmallCourse.attempts(Counts.BEST);
    }

    @Provide
    Arbitrary<AttemptPolicy> any() {
        return Arbitraries.of(Counts.values()).flatMap(SmallCourse::attempts);
    }

    /** Three labs, of which the best two count. */
    private static Course course(LatePolicy late, AttemptPolicy attempts) {
        List<CourseLab> labs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            labs.add(SmallCourse.lab(i, 120 * (i + 1), late, attempts));
        }
        return SmallCourse.course(0, 2, labs);
    }

    private static BigDecimal total(Course course, List<Attempt> attempts) {
        return SmallCourse.grade(course, attempts).total();
    }

    private static BigDecimal extended(Course course, int lab, Extension more, List<Attempt> attempts) {
        return SmallCourse.grade(course, SmallCourse.student(Map.of(SmallCourse.id(lab), more), Set.of()), attempts)
                .total();
    }

    @Property
    void whatTheHarnessCouldNotJudgeCostsNothing(
            @ForAll("three") List<Handed> handed,
            @ForAll("late") LatePolicy late,
            @ForAll("any") AttemptPolicy policy,
            @ForAll("three") List<Handed> broken) {
        List<Attempt> attempts = SmallCourse.attempts(handed);
        CourseGrade before = SmallCourse.grade(course(late, policy), attempts);
        for (Handed one : broken) {
            attempts.add(SmallCourse.attempt(attempts.size() + 1L, one, new Attempt.Waiting("no image"), true));
        }
        CourseGrade after = SmallCourse.grade(course(late, policy), attempts);

        for (int i = 0; i < 3; i++) {
            LabGrade then = before.labs().get(i);
            LabGrade now = after.labs().get(i);
            assertThat(now.points()).isEqualTo(then.points());
            // A lab without anything that counts becomes one that staff have to look at.
            assertThat(now.status() == then.status()
                            || (then.status() == Status.MISSING && now.status() == Status.WAITING))
                    .isTrue();
        }
        assertThat(after.percent()).isGreaterThanOrEqualTo(before.percent());
    }

    @Property
    void whatCouldNotBeReadCostsNothingAndWhatWasRefusedChangesNothing(
            @ForAll("three") List<Handed> handed,
            @ForAll("late") LatePolicy late,
            @ForAll("any") AttemptPolicy policy,
            @ForAll("three") List<Handed> unread,
            @ForAll boolean pushed,
            @ForAll boolean excuses) {
        Course course = course(late, policy);
        Student student = SmallCourse.student(Map.of(), Set.of());
        List<Attempt> attempts = SmallCourse.attempts(handed);
        List<NotTaken> notTaken = unread.stream()
                .map(one -> new NotTaken(
                        SmallCourse.id(one.lab()),
                        new Owner.OfStudent(student.id()),
                        SmallCourse.START.plus(Duration.ofHours(one.hour())),
                        pushed ? "c".repeat(40) : null,
                        excuses,
                        "away",
                        null))
                .toList();
        CourseGrade before = SmallCourse.grade(course, student, attempts);
        CourseGrade after = SmallCourse.grade(
                course,
                student,
                new Ledger(attempts, List.of(), List.of(), new Readings(notTaken, List.of(), Set.of())));

        for (int i = 0; i < 3; i++) {
            LabGrade then = before.labs().get(i);
            LabGrade now = after.labs().get(i);
            assertThat(now.points()).isEqualTo(then.points());
            assertThat(now.status() == then.status()
                            || (excuses && then.status() == Status.MISSING && now.status() == Status.WAITING))
                    .isTrue();
        }
        assertThat(after.percent()).isGreaterThanOrEqualTo(before.percent());
    }

    @Property
    void bestWhatTheHarnessFailedAtNeverMakesAnotherAttemptOneTooMany(
            @ForAll("three") List<Handed> handed,
            @ForAll("late") LatePolicy late,
            @ForAll("best") AttemptPolicy policy,
            @ForAll("three") List<Handed> broken) {
        List<Attempt> attempts = SmallCourse.attempts(handed);
        BigDecimal before = total(course(late, policy), attempts);
        for (Handed one : broken) {
            Attempt.State state = new Attempt.Judged(one.points(), Points.of(one.of()), Points.ZERO, false);
            attempts.add(SmallCourse.attempt(attempts.size() + 1L, one, state, true));
        }

        assertThat(total(course(late, policy), attempts)).isGreaterThanOrEqualTo(before);
    }

    @Property
    void bestAnExtensionNeverHarmsItsLabWhateverLateDaysThereAre(
            @ForAll("one") List<Handed> handed,
            @ForAll("anyLate") LatePolicy late,
            @ForAll("best") AttemptPolicy policy,
            @ForAll @IntRange(min = -200, max = 200) int hours,
            @ForAll @IntRange(max = 5) int bank) {
        Course course = SmallCourse.course(bank, null, List.of(SmallCourse.lab(0, DUE, late, policy)));
        List<Attempt> attempts = SmallCourse.attempts(handed);
        Extension until = new Extension.Until(SmallCourse.START.plus(Duration.ofHours(DUE + hours)));

        assertThat(extended(course, 0, until, attempts)).isGreaterThanOrEqualTo(total(course, attempts));
    }

    @Property
    void bestAnExtensionNeverHarmsATotal(
            @ForAll("three") List<Handed> handed,
            @ForAll("late") LatePolicy late,
            @ForAll("best") AttemptPolicy policy,
            @ForAll @IntRange(max = 2) int lab,
            @ForAll @IntRange(min = 1, max = 200) int hours) {
        List<Attempt> attempts = SmallCourse.attempts(handed);
        Extension more = new Extension.Span(Duration.ofHours(hours));

        assertThat(extended(course(late, policy), lab, more, attempts))
                .isGreaterThanOrEqualTo(total(course(late, policy), attempts));
    }

    private static Course bestOfFive(int best, int cancelled) {
        List<CourseLab> labs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CourseLab lab = SmallCourse.lab(i, 24 * (i + 1), LatePolicy.ACCEPTED, AttemptPolicy.DEFAULT);
            labs.add(i == cancelled ? SmallCourse.cancelled(lab) : lab);
        }
        return SmallCourse.course(0, best, labs);
    }

    @Property
    void anExcuseOrACancelledLabNeverLowersWhatIsReachedWithoutIt(
            @ForAll("five") List<Handed> handed,
            @ForAll @IntRange(min = 1, max = 5) int best,
            @ForAll @IntRange(max = 4) int lab) {
        List<Handed> others = handed.stream().filter(one -> one.lab() != lab).toList();
        CourseGrade missing = SmallCourse.grade(bestOfFive(best, -1), SmallCourse.attempts(others));
        CourseGrade excused = SmallCourse.grade(
                bestOfFive(best, -1),
                SmallCourse.student(Map.of(), Set.of(SmallCourse.id(lab))),
                SmallCourse.attempts(handed));
        CourseGrade cancelled = SmallCourse.grade(bestOfFive(best, lab), SmallCourse.attempts(handed));

        assertThat(excused.total()).isGreaterThanOrEqualTo(missing.total());
        assertThat(cancelled.total()).isEqualTo(excused.total());
        assertThat(excused.complete()).isTrue();
    }
}
