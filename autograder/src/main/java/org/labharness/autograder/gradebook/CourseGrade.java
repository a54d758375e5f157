package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.roster.Student;

/**
 * What a course is worth for one student.
 *
 * @param exact percent before it is rounded
 * @param total percent earned of the weights that are decided, rounded as the course says
 * @param weight the sum of the weights that are decided, in percent
 * @param percent the total over the weights that are decided, rounded as the course says; the total itself where all are
 * @param complete whether something counts and nothing is open: the total is the course's grade
 */
public record CourseGrade(
        Student student,
        List<ComponentGrade> components,
        BigFraction exact,
        BigDecimal total,
        BigDecimal weight,
        BigDecimal percent,
        boolean complete) {
    public CourseGrade {
        components = List.copyOf(components);
    }

    /** The labs of all components, in the order of the course. */
    public List<LabGrade> labs() {
        return components.stream()
                .flatMap(component -> component.labs().stream())
                .toList();
    }

    public Optional<LabGrade> lab(String id) {
        return labs().stream()
                .filter(grade -> grade.lab().id().value().equals(id))
                .findFirst();
    }

    /** Late days spent in the whole course. */
    public long lateDays() {
        return labs().stream().mapToLong(LabGrade::fromBank).sum();
    }

    /** Whether any lab of the course counts for the student, now or one day. */
    public boolean offered() {
        return labs().stream().anyMatch(LabGrade::offered);
    }

    /** Whether staff still have to look at something. */
    public boolean provisional() {
        return labs().stream().anyMatch(LabGrade::provisional);
    }
}
