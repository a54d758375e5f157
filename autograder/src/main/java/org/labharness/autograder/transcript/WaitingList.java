package org.labharness.autograder.transcript;

import java.util.List;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;

/** Whose work staff still have to look at, lab by lab: what the harness could not judge, and forms that are not finished. */
final class WaitingList {
    private static final int SHOWN = 20;
    private static final int LONGEST_ID = 80;

    private WaitingList() {}

    /** Nothing where nothing waits. */
    static String of(Gradebook book, int width) {
        List<CourseGrade> waiting =
                book.grades().stream().filter(CourseGrade::provisional).toList();
        Lines lines = new Lines(width);
        if (!waiting.isEmpty()) {
            lines.blank();
            lines.add(0, "Staff still have to look at this; --explain STUDENT says why:");
        }
        waiting.stream().limit(SHOWN).forEach(grade -> lines.add(2, line(grade)));
        if (waiting.size() > SHOWN) {
            lines.add(2, "and of " + (waiting.size() - SHOWN) + " more students; --csv shows all.");
        }
        return lines.toString();
    }

    private static String line(CourseGrade grade) {
        return PlainText.line(grade.student().id().value(), LONGEST_ID) + ": "
                + grade.labs().stream()
                        .filter(LabGrade::provisional)
                        .map(lab -> lab.lab().id().value())
                        .collect(Collectors.joining(", "));
    }
}
