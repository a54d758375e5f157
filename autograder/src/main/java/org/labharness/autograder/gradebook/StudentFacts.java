package org.labharness.autograder.gradebook;

import java.util.List;
import java.util.Set;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Look;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.NotTaken;

/**
 * The facts of one student and one lab.
 *
 * @param placed whether the roster says where the work lies
 */
record StudentFacts(
        List<Attempt> attempts,
        List<Mark> marks,
        List<GradeOverride> overrides,
        List<NotTaken> notTaken,
        List<Look> looks,
        Set<Long> atLatest,
        boolean placed) {
    StudentFacts {
        attempts = List.copyOf(attempts);
        marks = List.copyOf(marks);
        overrides = List.copyOf(overrides);
        notTaken = List.copyOf(notTaken);
        looks = List.copyOf(looks);
    }
}
