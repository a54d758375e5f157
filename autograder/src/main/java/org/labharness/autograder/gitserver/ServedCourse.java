package org.labharness.autograder.gitserver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/**
 * A course whose students push here.
 *
 * @param labs those that something is pushed for, as their folders describe them
 */
public record ServedCourse(Course course, Map<LabId, Lab> labs) {
    public ServedCourse {
        labs = Map.copyOf(labs);
    }

    /** A lab that something is pushed for. */
    public Optional<CourseLab> offered(String id) {
        return course.labs().stream()
                .filter(lab -> lab.id().value().equals(id) && labs.containsKey(lab.id()))
                .findFirst();
    }

    Lab described(CourseLab offered) {
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
