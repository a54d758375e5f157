package org.labharness.autograder.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.gradebook.JudgedAttempt.Standing;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Attempt.Judged;
import org.labharness.autograder.ledger.Attempt.Refused;
import org.labharness.autograder.ledger.Attempt.Waiting;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;

/** What comes now is judged as it will be judged. */
class AdmissionTests {
    private static final Student ADA = Student.named("cs1", "Ada");
    private static final Owner HERS = new Owner.OfStudent(ADA.id());
    private static final Instant DUE = TinyCourse.DUE;
    private static final Instant BEFORE = DUE.minus(Duration.ofDays(1));

    /** The course with its first lab alone, changed. */
    private static Course course(LatePolicy late, AttemptPolicy attempts) {
        Course tiny = TinyCourse.course();
        Component all = tiny.components().getFirst();
        CourseLab first = all.labs().getFirst();
        CourseLab changed = new CourseLab(
                first.id(),
                first.title(),
                first.machine(),
                first.form(),
                first.lab(),
                first.schedule(),
                late,
                attempts,
                false,
                null);
        return new Course(
                tiny.id(),
                tiny.title(),
                tiny.zone(),
                null,
                tiny.rounding(),
                List.of(),
                false,
                0,
                List.of(new Component(
                        all.id(), all.title(), all.weight(), null, 0, all.scale(), all.bonus(), List.of(changed))),
                tiny.folder());
    }

    private static Admission admission(Course course, Student student, List<Attempt> attempts, Instant now) {
        return Admission.of(
                course,
                student,
                new Ledger(attempts, List.of(), List.of()),
                course.labs().getFirst(),
                HERS,
                now);
    }

    private static Attempt attempt(long number, @Nullable Instant received, Attempt.State state, boolean spared) {
        return new Attempt(number, TinyCourse.DVC, HERS, "c" + number, received, state, spared, List.of());
    }

    private static Judged judged() {
        return new Judged(Points.of(40), Points.of(50), Points.ZERO, false);
    }

    @Test
    void in_time_it_is_taken() {
        Course course = course(LatePolicy.REFUSED, AttemptPolicy.DEFAULT);

        assertThat(admission(course, ADA, List.of(), DUE).standing()).isEqualTo(Standing.WAITING);
        Admission late = admission(course, ADA, List.of(), DUE.plusNanos(1_000));
        assertThat(late.standing()).isEqualTo(Standing.CLOSED);
        assertThat(late.closed()).isEqualTo(DUE);
    }

    @Test
    void grace_and_extensions_move_the_end() {
        LatePolicy grace =
                new LatePolicy(Duration.ofMinutes(15), null, java.math.BigDecimal.valueOf(100), false, Duration.ZERO);
        Course course = course(grace, AttemptPolicy.DEFAULT);
        Student extended = ADA.extended(TinyCourse.DVC, new Extension.Span(Duration.ofDays(2)));

        assertThat(admission(course, ADA, List.of(), DUE.plus(Duration.ofMinutes(15)))
                        .standing())
                .isEqualTo(Standing.WAITING);
        assertThat(admission(course, ADA, List.of(), DUE.plus(Duration.ofMinutes(16)))
                        .closed())
                .isEqualTo(DUE.plus(Duration.ofMinutes(15)));
        assertThat(admission(course, extended, List.of(), DUE.plus(Duration.ofDays(2)))
                        .standing())
                .isEqualTo(Standing.WAITING);
    }

    @Test
    void attempts_are_counted_as_the_gradebook_counts_them() {
        Course course = course(LatePolicy.ACCEPTED, new AttemptPolicy(2, Duration.ZERO, Counts.BEST));
        Attempt first = attempt(1, BEFORE, judged(), false);
        Attempt spared = attempt(2, BEFORE, judged(), true);
        Attempt refused = attempt(3, BEFORE, new Refused("nothing-to-grade"), false);
        Attempt waiting = attempt(4, BEFORE, new Waiting("soon"), false);
        Attempt second = attempt(5, BEFORE, judged(), false);

        assertThat(admission(course, ADA, List.of(first, spared, refused, waiting), DUE)
                        .standing())
                .isEqualTo(Standing.WAITING);
        Admission none = admission(course, ADA, List.of(first, spared, refused, second), DUE);
        assertThat(none.standing()).isEqualTo(Standing.TOO_MANY);
        assertThat(none.used()).isEqualTo(2);
    }

    @Test
    void after_an_attempt_there_is_a_pause() {
        Course course = course(LatePolicy.ACCEPTED, new AttemptPolicy(null, Duration.ofHours(2), Counts.BEST));
        Attempt first = attempt(1, BEFORE, judged(), false);

        Admission soon = admission(course, ADA, List.of(first), BEFORE.plus(Duration.ofMinutes(119)));
        assertThat(soon.standing()).isEqualTo(Standing.COOLING_DOWN);
        assertThat(soon.again()).isEqualTo(BEFORE.plus(Duration.ofHours(2)));
        assertThat(admission(course, ADA, List.of(first), BEFORE.plus(Duration.ofHours(2)))
                        .standing())
                .isEqualTo(Standing.WAITING);
    }

    @Test
    void the_work_of_others_changes_nothing() {
        Course course = course(LatePolicy.ACCEPTED, new AttemptPolicy(1, Duration.ZERO, Counts.BEST));
        Attempt others = new Attempt(
                1,
                TinyCourse.DVC,
                new Owner.OfStudent(StudentId.parse("cs2")),
                "c",
                BEFORE,
                judged(),
                false,
                List.of());

        assertThat(admission(course, ADA, List.of(others), DUE).standing()).isEqualTo(Standing.WAITING);
    }
}
