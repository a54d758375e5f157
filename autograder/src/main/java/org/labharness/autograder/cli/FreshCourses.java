package org.labharness.autograder.cli;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.load.InvalidCourse;

/**
 * Courses as their files describe them whenever somebody asks, for commands that run for hours: another one may have begun to take work for
 * a lab that was not there when they began. While a file cannot be used its course is as it was before.
 */
final class FreshCourses implements Function<CourseId, Course> {
    private final Settings settings;
    private final Map<CourseId, CourseOptions> files;
    private final Map<CourseId, Course> last = new ConcurrentHashMap<>();

    /** @param files where they are described, of different courses */
    FreshCourses(Collection<CourseOptions> files, Settings settings) {
        this.settings = settings;
        this.files = files.stream().collect(Collectors.toMap(this::begin, Function.identity(), (one, same) -> one));
    }

    private CourseId begin(CourseOptions file) {
        Course course = file.load(settings);
        last.put(course.id(), course);
        return course.id();
    }

    Set<CourseId> ids() {
        return files.keySet();
    }

    /** @throws IllegalArgumentException where it is none of them */
    @Override
    public Course apply(CourseId id) {
        CourseOptions file = files.get(id);
        if (file == null) {
            throw new IllegalArgumentException("no course " + id + " is known here");
        }
        try {
            Course now = file.load(settings);
            if (now.id().equals(id)) {
                last.put(id, now);
            }
        } catch (InvalidCourse | WrongUse | UncheckedIOException away) {
            // Somebody edits it.
        }
        return Objects.requireNonNull(last.get(id), "a course that was read at the start");
    }
}
