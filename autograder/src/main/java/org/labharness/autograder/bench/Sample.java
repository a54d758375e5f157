package org.labharness.autograder.bench;

import java.util.List;
import java.util.Locale;

/** Repeated measurements of one thing, in seconds; sorted. */
record Sample(List<Double> seconds) {
    Sample {
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("a sample has at least one measurement");
        }
        seconds = seconds.stream().sorted().toList();
    }

    double median() {
        int middle = seconds.size() / 2;
        return seconds.size() % 2 == 1 ? seconds.get(middle) : (seconds.get(middle - 1) + seconds.get(middle)) / 2;
    }

    /** {@code 4.21 (4.10-4.39)}: median, smallest and largest. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median(), seconds.getFirst(), seconds.getLast());
    }
}
