package org.labharness.autograder.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.load.InvalidCourse;

/**
 * Courses as their files described them at the start, for commands that run for hours. Another one may begin to take work for a lab that was
 * not there then: where a lab is not known, its course's file is read again.
 */
final class FreshCourses implements BiFunction<CourseId, LabId, Course> {
    private final Settings settings;
    private final Map<CourseId, CourseOptions> files = new LinkedHashMap<>();
    private final Map<CourseId, Course> known = new ConcurrentHashMap<>();

    /**
     * @param files where they are described
     * @throws WrongUse where two describe the same course
     */
    FreshCourses(Collection<CourseOptions> files, Settings settings) {
        this.settings = settings;
        List<Course> courses = new ArrayList<>();
        for (CourseOptions file : files) {
            Course course = file.load(settings);
            courses.add(course);
            this.files.put(course.id(), file);
            known.put(course.id(), course);
        }
        CourseOptions.requireDifferent(courses);
    }

    Collection<Course> all() {
        return List.copyOf(known.values());
    }

    /** The course that a lab belongs to; where it is not in the file either, or that cannot be used, as it was read last. */
    @Override
    public Course apply(CourseId id, LabId lab) {
        Course course = Objects.requireNonNull(known.get(id), "a course that is known here");
        if (course.lab(lab).isEmpty()) {
            try {
                Course now = Objects.requireNonNull(files.get(id)).load(settings);
                if (now.id().equals(id)) {
                    known.put(id, now);
                    return now;
                }
            } catch (InvalidCourse | WrongUse | UncheckedIOException away) {
                // Somebody edits it: what asks for the lab is tried again.
            }
        }
        return course;
    }
}
