package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.Rounding;

/**
 * What every student of a course has earned by a moment, derived from the facts alone.
 *
 * @param asOf what was due by then is decided; what is not due yet, or what staff still have to judge, is left out of every sum
 * @param grades in the order of the students' ids
 */
public record Gradebook(Course course, Instant asOf, List<CourseGrade> grades) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    public Gradebook {
        grades = List.copyOf(grades);
    }

    public static Gradebook of(Course course, Roster roster, Ledger ledger, Instant asOf) {
        FactIndex facts = new FactIndex(ledger, roster);
        return new Gradebook(
                course,
                asOf,
                roster.students().parallelStream()
                        .map(student -> grade(course, student, facts, asOf))
                        .toList());
    }

    public Optional<CourseGrade> grade(StudentId student) {
        return grades.stream()
                .filter(grade -> grade.student().id().equals(student))
                .findFirst();
    }

    private static CourseGrade grade(Course course, Student student, FactIndex facts, Instant asOf) {
        Map<LabId, LabGrade> labs = labs(course, student, facts, asOf);
        List<ComponentGrade> components = course.components().stream()
                .map(component -> component(component, labs))
                .toList();
        List<ComponentGrade> decided =
                components.stream().filter(ComponentGrade::decided).toList();
        BigFraction exact = decided.stream().map(ComponentGrade::points).reduce(BigFraction.ZERO, BigFraction::add);
        BigDecimal weight =
                decided.stream().map(one -> one.component().weight()).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean complete = weight.signum() > 0
                && components.stream()
                        .allMatch(component -> component.complete() && (component.decided() || component.best() == 0));
        BigDecimal total = total(course.rounding(), decided, exact);
        return new CourseGrade(
                student, components, exact, total, weight, percent(course.rounding(), exact, total, weight), complete);
    }

    private static BigDecimal total(Rounding rounding, List<ComponentGrade> decided, BigFraction exact) {
        return switch (rounding.where()) {
            case TOTAL -> rounded(rounding, exact);
            case COMPONENTS ->
                decided.stream()
                        .map(component -> rounded(rounding, component.points()))
                        .reduce(BigDecimal.ZERO.setScale(rounding.places(), RoundingMode.UNNECESSARY), BigDecimal::add);
        };
    }

    /**
     * The total where all is decided; else what it would be if everything else went the same way, rounded as well. Where components are
     * rounded it follows from what these add up to, as everybody who divides finds it.
     */
    private static BigDecimal percent(Rounding rounding, BigFraction exact, BigDecimal total, BigDecimal weight) {
        if (weight.signum() == 0 || weight.compareTo(WHOLE) == 0) {
            return total;
        }
        BigFraction earned = switch (rounding.where()) {
            case TOTAL -> exact;
            case COMPONENTS -> Exact.of(total);
        };
        return rounded(rounding, earned.multiply(Exact.of(WHOLE)).divide(Exact.of(weight)));
    }

    static BigDecimal rounded(Rounding rounding, BigFraction exact) {
        return exact.bigDecimalValue(rounding.places(), rounding.mode().mode());
    }

    /**
     * Late days are spent in the order of the course's deadlines; of equal ones in the order of the course. Extensions do not change the
     * order: who gets more time for one lab must not find fewer days left for it.
     */
    private static Map<LabId, LabGrade> labs(Course course, Student student, FactIndex facts, Instant asOf) {
        record Offered(CourseLab lab, Bonus bonus) {}
        List<Offered> offered = new ArrayList<>();
        course.components()
                .forEach(component ->
                        component.labs().forEach(lab -> offered.add(new Offered(lab, component.bonus()))));
        offered.sort(Comparator.comparing(
                (Offered one) -> one.lab().schedule().due(), Comparator.nullsLast(Comparator.naturalOrder())));
        Map<LabId, LabGrade> labs = new HashMap<>();
        long bank = course.lateDays();
        for (Offered one : offered) {
            CourseLab lab = one.lab();
            LabGrade grade = new LabGrader(student, lab, one.bonus(), facts.of(student, lab), bank).grade(asOf);
            bank -= grade.fromBank();
            labs.put(lab.id(), grade);
        }
        return labs;
    }

    private static ComponentGrade component(Component component, Map<LabId, LabGrade> all) {
        List<LabGrade> labs =
                component.labs().stream().map(lab -> all.get(lab.id())).toList();
        int offered = (int) labs.stream().filter(LabGrade::offered).count();
        int best = component.best() == null ? offered : Math.min(component.best(), offered);
        List<LabGrade> decided = labs.stream().filter(LabGrade::decided).toList();
        List<LabGrade> counted = BestLabs.of(decided, best, component.scale());
        BigFraction share = BestLabs.share(counted, component.scale());
        boolean capped = component.bonus() != Bonus.ABOVE;
        return new ComponentGrade(
                component, labs, best, counted, share, capped ? Exact.least(share, BigFraction.ONE) : share);
    }
}
