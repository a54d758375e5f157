package org.labharness.autograder.gradebook;

import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.lab.course.Component;

/**
 * What a component of the course is worth for one student.
 *
 * @param labs in the order of the course
 * @param best how many of them count in the end
 * @param counted those that count so far, in the order of the course
 * @param share of the component earned so far, exact; 0 where nothing is decided
 */
public record ComponentGrade(
        Component component, List<LabGrade> labs, int best, List<LabGrade> counted, BigFraction share) {
    public ComponentGrade {
        labs = List.copyOf(labs);
        counted = List.copyOf(counted);
    }

    /** Decided labs that do not count because others are better. */
    public List<LabGrade> dropped() {
        return labs.stream()
                .filter(lab -> lab.decided() && !counted.contains(lab))
                .toList();
    }

    /** Whether something of it counts already. */
    public boolean decided() {
        return !counted.isEmpty();
    }

    /** Whether nothing of it can change any more but by staff. */
    public boolean complete() {
        return labs.stream().allMatch(lab -> lab.decided() || !lab.offered())
                && labs.stream().noneMatch(LabGrade::provisional);
    }

    BigFraction weight() {
        return Exact.of(component.weight());
    }

    /** Percent of the course total, exact. */
    public BigFraction points() {
        return share.multiply(weight());
    }
}
