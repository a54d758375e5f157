package org.labharness.autograder.job;

import java.time.Duration;
import java.util.List;

/**
 * How long a class will take.
 *
 * @param submissions that will be graded
 * @param work of all of them, one after the other
 * @param measured whether gradings of the same labs were measured before; else the work is the most that their limits allow
 * @param atOnce how many are graded at the same time
 * @param skipped what is judged by the rubric already, and is left as it is
 */
public record Estimate(int submissions, Duration work, boolean measured, int atOnce, int skipped) {
    private static final int FEW = 3;

    /** How long a grading of a lab takes: the middle of those that were measured, if there were a few; else its limit. */
    static Duration usual(List<Duration> took, Duration limit) {
        return enough(took) ? took.stream().sorted().toList().get(took.size() / 2) : limit;
    }

    static boolean enough(List<Duration> took) {
        return took.size() >= FEW;
    }

    /** Until all are graded. */
    public Duration wall() {
        return work.dividedBy(Math.max(1, Math.min(atOnce, submissions)));
    }
}
