package org.labharness.autograder.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Repeated measurements of one thing, in seconds; sorted. */
record Sample(List<Double> seconds) {
    Sample {
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("a sample has at least one measurement");
        }
        seconds = seconds.stream().sorted().toList();
    }

    /** One measurement. */
    @FunctionalInterface
    interface Measurement {
        double seconds() throws IOException;
    }

    /**
     * Measures, after a warm-up that is not counted.
     *
     * @param what in words for the progress
     */
    static Sample taken(int runs, Consumer<String> progress, String what, Measurement measurement) throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int run = -1; run < runs; run++) {
            progress.accept(run < 0 ? "warming up: " + what : what + ", " + (run + 1) + " of " + runs);
            double took = measurement.seconds();
            if (run >= 0) {
                seconds.add(took);
            }
        }
        return new Sample(seconds);
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
