package org.labharness.autograder.statistics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.lab.LabId;

/**
 * What the grades of a course say.
 *
 * @param percents of all students of whom something is decided
 * @param mean of them, 0 to 1
 * @param median of them
 * @param labs in the order of the course
 */
public record CourseStatistics(
        Histogram percents, OptionalDouble mean, OptionalDouble median, List<LabStatistics> labs) {
    public CourseStatistics {
        labs = List.copyOf(labs);
    }

    /** @param items the analysis of a lab's checks, where there is one; asked for last, so that it can be made meanwhile */
    public static CourseStatistics of(Gradebook book, Supplier<Map<LabId, ItemAnalysis>> items) {
        Map<LabId, LabFigures> labs = new LinkedHashMap<>();
        book.course().labs().forEach(lab -> labs.put(lab.id(), new LabFigures(lab)));
        for (CourseGrade grade : book.grades()) {
            grade.components()
                    .forEach(component -> component
                            .labs()
                            .forEach(lab -> labs.computeIfAbsent(lab.lab().id(), id -> new LabFigures(lab.lab()))
                                    .add(lab)));
        }
        double[] percents = book.grades().stream()
                .filter(grade -> grade.weight().signum() > 0 && !grade.student().audits())
                .mapToDouble(grade -> grade.percent().doubleValue() / 100)
                .sorted()
                .toArray();
        Map<LabId, ItemAnalysis> analyses = items.get();
        return new CourseStatistics(
                Histogram.ofShares(percents),
                Arrays.stream(percents).average(),
                LabFigures.median(percents),
                labs.entrySet().stream()
                        .map(lab -> lab.getValue().statistics(items(analyses.get(lab.getKey()))))
                        .toList());
    }

    private static List<ItemAnalysis.Item> items(@Nullable ItemAnalysis analysis) {
        return analysis == null ? List.of() : analysis.items();
    }
}
