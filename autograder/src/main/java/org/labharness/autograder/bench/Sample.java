package org.labharness.autograder.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Repeated measurements of one thing, in seconds. */
record Sample(double[] seconds) {
    Sample {
        if (seconds.length == 0) {
            throw new IllegalArgumentException("a sample has at least one measurement");
        }
        seconds = seconds.clone();
        Arrays.sort(seconds);
    }

    static Sample of(List<Double> seconds) {
        return new Sample(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    double median() {
        int middle = seconds.length / 2;
        return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    }

    /** {@code 4.21 (4.10-4.39)}: median, smallest and largest. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median(), seconds[0], seconds[seconds.length - 1]);
    }
}
