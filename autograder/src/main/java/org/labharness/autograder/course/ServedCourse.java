package org.labharness.autograder.course;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.InvalidLab;
import org.labharness.lab.load.LabLoader;

/**
 * A course that a process works for.
 *
 * @param labs those that something is pushed for, as their folders describe them
 */
public record ServedCourse(Course course, Map<LabId, Lab> labs) {
    public ServedCourse {
        labs = Map.copyOf(labs);
    }

    /**
     * With its labs as they are described now.
     *
     * @throws InvalidLab where one of them cannot be used
     */
    public static ServedCourse of(Course course) {
        return new ServedCourse(
                course,
                read(course.labs().stream()
                        .filter(lab -> lab.lab() != null && lab.submitted())
                        .toList()));
    }

    /**
     * Labs as their folders describe them now, in the same order.
     *
     * @param labs none that the course itself describes
     * @throws InvalidLab where one of them cannot be used
     */
    public static Map<LabId, Lab> read(Collection<CourseLab> labs) {
        Map<LabId, Lab> read = new LinkedHashMap<>();
        labs.forEach(lab -> read.put(lab.id(), LabLoader.load(Objects.requireNonNull(lab.lab()))));
        return read;
    }

    /** A lab that something is pushed for. */
    public Optional<CourseLab> offered(String id) {
        return course.labs().stream()
                .filter(lab -> lab.id().value().equals(id) && labs.containsKey(lab.id()))
                .findFirst();
    }

    /** What its folder says of it. */
    public Lab described(CourseLab offered) {
        Lab lab = labs.get(offered.id());
        if (lab == null) {
            throw new IllegalStateException("nothing is pushed for " + offered.id());
        }
        return lab;
    }

    /** Their ids in the order of the course. */
    public List<String> labIds() {
        return course.labs().stream()
                .map(CourseLab::id)
                .filter(labs::containsKey)
                .map(LabId::value)
                .collect(Collectors.toList());
    }
}
