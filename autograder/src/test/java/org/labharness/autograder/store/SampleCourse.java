package org.labharness.autograder.store;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.Rounding;

/** A course of which only the name matters. */
final class SampleCourse {
    private SampleCourse() {}

    static Course named(String id) {
        return new Course(
                CourseId.parse(id),
                "MLOps",
                ZoneOffset.UTC,
                null,
                Rounding.DEFAULT,
                List.of(),
                false,
                0,
                List.of(),
                Path.of("").toAbsolutePath());
    }
}
