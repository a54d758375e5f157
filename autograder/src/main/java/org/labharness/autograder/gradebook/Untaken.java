package org.labharness.autograder.gradebook;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Look;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.CourseLab;

/**
 * Finds what could not be taken of a student's work for a lab, as far as it matters.
 *
 * @param due the student's own deadline; null: there is none
 * @param waived whether lateness is
 */
record Untaken(Student student, CourseLab lab, @Nullable Instant due, boolean waived, Attempts attempts) {
    private static final String NOBODY_LOOKED = "nobody has read it since this deadline; ./lab collect does.";

    /** First what may be no fault of the student's, then the newest; no push that came when nothing was accepted any more. */
    Optional<NotTaken> of(List<NotTaken> all) {
        return all.stream()
                .filter(one -> one.stands(due) && !madeGood(one) && !tooLate(one))
                .max(Comparator.comparing(NotTaken::excuses).thenComparing(NotTaken::at));
    }

    /** Whether later work has come in another way; not where a repository could not be read at its deadline, as that work is late. */
    private boolean madeGood(NotTaken one) {
        boolean anyTime = one.commit() != null || due == null || one.at().isBefore(due);
        return anyTime
                && attempts.judged().stream()
                        .map(judged -> judged.attempt().received())
                        .anyMatch(received -> received != null && !received.isBefore(one.at()));
    }

    private boolean tooLate(NotTaken one) {
        return one.commit() != null
                && Lateness.of(one.at(), waived ? null : due, lab.late()).closed();
    }

    /** A repository, which there is, that nobody has read since a deadline that is past: that nothing was there cannot be said. */
    Optional<NotTaken> unread(List<Look> looks) {
        Instant deadline = due;
        if (deadline == null
                || lab.lab() == null
                || attempts.waiting()
                || looks.stream().anyMatch(look -> !look.at().isBefore(deadline))) {
            return Optional.empty();
        }
        Owner owner = new Owner.OfStudent(student.id());
        return Optional.of(new NotTaken(lab.id(), owner, deadline, null, true, NOBODY_LOOKED, null));
    }
}
