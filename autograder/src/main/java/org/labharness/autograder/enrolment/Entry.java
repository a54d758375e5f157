package org.labharness.autograder.enrolment;

import java.util.List;
import java.util.function.Consumer;
import org.labharness.autograder.roster.StudentId;

/**
 * What one line of a table says of a student.
 *
 * @param edits one for each cell that says something
 */
record Entry(long line, StudentId id, List<Consumer<Draft>> edits) {
    Entry {
        edits = List.copyOf(edits);
    }
}
