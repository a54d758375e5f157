package org.labharness.autograder.cli;

import java.util.List;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** Which labs of a course a command is about. */
final class CourseLabs {
    private static final String ALL = "all";

    private CourseLabs() {}

    /** Those that are named, or with {@code all} those for which something is handed in and that are not cancelled. */
    static List<CourseLab> chosen(Course course, List<String> names) {
        if (names.contains(ALL)) {
            return course.labs().stream()
                    .filter(lab -> lab.submitted() && lab.lab() != null && lab.cancelled() == null)
                    .toList();
        }
        return names.stream()
                .distinct()
                .map(name -> CourseOptions.lab(course, name))
                .peek(lab -> {
                    if (lab.lab() == null || !lab.submitted()) {
                        throw new WrongUse("People give all points of " + lab.id() + ". Enter them with ./lab mark.");
                    }
                })
                .toList();
    }
}
