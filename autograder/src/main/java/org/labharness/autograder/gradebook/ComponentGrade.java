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
 * @param uncapped share of the component earned so far, exact, before what caps a bonus; 0 where nothing is decided
 * @param share the same after it
 */
public record ComponentGrade(
        Component component,
        List<LabGrade> labs,
        int best,
        List<LabGrade> counted,
        BigFraction uncapped,
        BigFraction share) {
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

    /** Whether all labs that were promised are there, and nothing of them can change any more but by staff. */
    public boolean complete() {
        return labs.size() >= component.offered() && labs.stream().allMatch(ComponentGrade::settled);
    }

    private static boolean settled(LabGrade lab) {
        return !lab.provisional() && lab.lateUntil() == null && (lab.decided() || !lab.offered());
    }

    BigFraction weight() {
        return Exact.of(component.weight());
    }

    /** Percent of the course total, exact. */
    public BigFraction points() {
        return share.multiply(weight());
    }
}
