package org.labharness.autograder.gradebook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.JudgedAttempt.Standing;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/**
 * Whether work that comes now could count, found by the very rules that judge it later.
 *
 * @param standing {@code WAITING} where nothing stands in its way but its grading
 * @param due the student's own deadline; null: there is none
 * @param closed the last moment at which something was accepted, where it came after that; else null
 * @param used how many attempts were accepted already
 * @param again the first moment at which the next attempt is accepted, where it came too soon after the last; else null
 */
public record Admission(
        Standing standing,
        @Nullable Instant due,
        @Nullable Instant closed,
        int used,
        @Nullable Instant again) {
    /** Greater than the number of any submission. */
    private static final long NEXT = Long.MAX_VALUE;

    private static final Attempt.State COMES = new Attempt.Waiting("It comes now.");

    /** @param owner whose work it is: the student's, or the student's team's */
    public static Admission of(
            Course course, Student student, Ledger ledger, CourseLab lab, Owner owner, Instant moment) {
        Attempt next = new Attempt(NEXT, lab.id(), owner, "", moment, COMES, false, List.of());
        Ledger with = new Ledger(
                Stream.concat(ledger.attempts().stream().filter(one -> owned(one, student)), Stream.of(next))
                        .toList(),
                List.of(),
                ledger.overrides().stream()
                        .filter(one -> one.student().equals(student.id()))
                        .toList(),
                ledger.readings());
        LabGrade grade = Gradebook.of(course, new Roster(List.of(student)), with, moment)
                .grade(student.id())
                .flatMap(one -> one.lab(lab.id().value()))
                .orElseThrow();
        JudgedAttempt judged = grade.attempts().stream()
                .filter(one -> one.attempt().submission() == NEXT)
                .findFirst()
                .orElseThrow();
        return new Admission(
                judged.standing(),
                grade.due(),
                judged.standing() == Standing.CLOSED ? closed(grade, lab) : null,
                (int) spent(grade).count(),
                judged.standing() == Standing.COOLING_DOWN ? again(grade, lab).orElse(null) : null);
    }

    private static boolean owned(Attempt attempt, Student student) {
        return attempt.owner().includes(student);
    }

    private static Stream<Attempt> spent(LabGrade grade) {
        return grade.attempts().stream()
                .filter(JudgedAttempt::accepted)
                .map(JudgedAttempt::attempt)
                .filter(one -> !one.spared());
    }

    private static @Nullable Instant closed(LabGrade grade, CourseLab lab) {
        Instant due = grade.due();
        Duration closes = lab.late().closes();
        if (due == null || closes == null) {
            return null;
        }
        Duration grace = lab.late().grace();
        return due.plus(closes.compareTo(grace) > 0 ? closes : grace);
    }

    private static Optional<Instant> again(LabGrade grade, CourseLab lab) {
        return spent(grade)
                .flatMap(one -> Stream.ofNullable(one.received()))
                .max(Instant::compareTo)
                .map(last -> last.plus(lab.attempts().coolDown()));
    }
}
