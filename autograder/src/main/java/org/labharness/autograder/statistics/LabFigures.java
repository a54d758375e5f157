package org.labharness.autograder.statistics;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.gradebook.JudgedAttempt;
import org.labharness.autograder.gradebook.JudgedAttempt.Standing;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.lab.course.CourseLab;

/** Gathers what the grades of all students say of one lab. */
final class LabFigures {
    private static final List<String> ATTEMPTS = List.of("none", "1", "2", "3", "4", "5", "6–9", "10 or more");

    /** Bits that a double holds. */
    private static final int EXACT = 53;

    private final CourseLab lab;
    private final DoubleStream.Builder shares = DoubleStream.builder();
    private final int[] attempts = new int[ATTEMPTS.size()];
    private final DoubleStream.Builder made = DoubleStream.builder();
    private final DoubleStream.Builder first = DoubleStream.builder();
    private final DoubleStream.Builder counting = DoubleStream.builder();
    private final Arrivals arrivals = new Arrivals();
    private int missing;
    private int undecided;
    private int left;
    private int submissions;
    private int late;

    LabFigures(CourseLab lab) {
        this.lab = lab;
    }

    void add(LabGrade grade) {
        switch (grade.status()) {
            case GRADED -> shares.add(share(grade));
            case MISSING -> missing++;
            case OPEN, WAITING -> undecided++;
            case EXCUSED, CANCELLED -> left++;
        }
        if (lab.submitted()) {
            accepted(grade);
            grade.attempts().forEach(attempt -> arrived(attempt, grade));
        }
    }

    private void accepted(LabGrade grade) {
        List<JudgedAttempt> accepted = grade.attempts().stream()
                .filter(one -> one.standing() == Standing.ACCEPTED)
                .toList();
        int number = accepted.size();
        attempts[number <= 5 ? number : number < 10 ? 6 : 7]++;
        if (number > 0) {
            made.add(number);
        }
        JudgedAttempt counts = grade.counting();
        if (number > 1 && counts != null) {
            first.add(share(accepted.getFirst()));
            counting.add(share(counts));
        }
    }

    /** Of small numbers a division of two doubles is as exact as the general way, and far quicker. */
    private static double value(BigFraction number) {
        return number.getNumerator().bitLength() <= EXACT
                        && number.getDenominator().bitLength() <= EXACT
                ? number.getNumerator().doubleValue() / number.getDenominator().doubleValue()
                : number.doubleValue();
    }

    private double share(LabGrade grade) {
        return lab.points().isZero()
                ? 0
                : value(grade.points()) / lab.points().value().doubleValue();
    }

    private double share(JudgedAttempt attempt) {
        return value(attempt.worth()) / lab.machine().value().doubleValue();
    }

    private void arrived(JudgedAttempt attempt, LabGrade grade) {
        Instant received = attempt.attempt().received();
        Instant due = grade.due();
        if (received != null && due != null) {
            submissions++;
            late += attempt.lateDays() > 0 ? 1 : 0;
            arrivals.add(received, due);
        }
    }

    LabStatistics statistics(List<ItemAnalysis.Item> items) {
        double[] graded = shares.build().sorted().toArray();
        return new LabStatistics(
                lab,
                graded.length,
                missing,
                undecided,
                left,
                Arrays.stream(graded).average(),
                median(graded),
                Histogram.ofShares(graded),
                Histogram.of(ATTEMPTS, attempts),
                made.build().average(),
                first.build().average(),
                counting.build().average(),
                submissions,
                late,
                arrivals.histogram(),
                items);
    }

    /** @param sorted in ascending order */
    static OptionalDouble median(double[] sorted) {
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
    }
}
