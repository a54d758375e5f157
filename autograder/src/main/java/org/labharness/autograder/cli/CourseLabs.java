package org.labharness.autograder.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.LabLoader;

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

    /** As they are described now. */
    static Map<LabId, Lab> described(List<CourseLab> labs) {
        Map<LabId, Lab> described = new LinkedHashMap<>();
        labs.forEach(lab -> described.put(lab.id(), LabLoader.load(Objects.requireNonNull(lab.lab()))));
        return described;
    }
}
