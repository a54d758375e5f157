package org.labharness.autograder.statistics;

import java.util.List;
import java.util.OptionalDouble;
import org.labharness.lab.course.CourseLab;

/**
 * What is known of a lab.
 *
 * @param graded students whose grade for it is decided and who handed something in or were marked
 * @param missing students who handed in nothing that counts
 * @param undecided students for whom it is open or waits for staff
 * @param left students who are excused, or all where it was cancelled
 * @param mean share of the points over those graded
 * @param median of the same
 * @param shares of those graded
 * @param attempts how many accepted attempts students made
 * @param meanAttempts over students with at least one
 * @param first mean share of the first accepted attempt, of students with more than one
 * @param counting mean share of the attempt that counts, of the same students
 * @param submissions with a known time
 * @param late those of them that came after the deadline and its grace
 * @param arrivals when they came
 * @param items its checks, in the order of their ids; none where nothing was read of them
 */
public record LabStatistics(
        CourseLab lab,
        int graded,
        int missing,
        int undecided,
        int left,
        OptionalDouble mean,
        OptionalDouble median,
        Histogram shares,
        Histogram attempts,
        OptionalDouble meanAttempts,
        OptionalDouble first,
        OptionalDouble counting,
        int submissions,
        int late,
        Histogram arrivals,
        List<ItemAnalysis.Item> items) {
    public LabStatistics {
        items = List.copyOf(items);
    }
}
