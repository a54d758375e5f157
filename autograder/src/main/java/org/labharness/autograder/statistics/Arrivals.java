package org.labharness.autograder.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When submissions came, counted from the deadline of the student. */
final class Arrivals {
    private static final List<String> LABELS = List.of(
            "a week or more before",
            "3–7 days before",
            "1–3 days before",
            "12–24 h before",
            "6–12 h before",
            "1–6 h before",
            "the last hour",
            "up to 1 h late",
            "1–24 h late",
            "1–3 days late",
            "later");
    /** Hours before the deadline with which each range but the last ends. */
    private static final long[] ENDS = {168, 72, 24, 12, 6, 1, 0, -1, -24, -72};

    private final int[] counts = new int[LABELS.size()];

    void add(Instant received, Instant due) {
        Duration before = Duration.between(received, due);
        int range = 0;
        while (range < ENDS.length && before.compareTo(Duration.ofHours(ENDS[range])) < 0) {
            range++;
        }
        counts[range]++;
    }

    Histogram histogram() {
        return Histogram.of(LABELS, counts);
    }
}
