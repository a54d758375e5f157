package org.labharness.autograder.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * How many values fall into each of some neighbouring ranges.
 *
 * @param labels of the ranges, in their order
 */
public record Histogram(List<String> labels, List<Integer> counts) {
    private static final int TENTHS = 10;
    private static final List<String> SHARES = List.of(
            "0–10 %",
            "10–20 %",
            "20–30 %",
            "30–40 %",
            "40–50 %",
            "50–60 %",
            "60–70 %",
            "70–80 %",
            "80–90 %",
            "90–100 %",
            "above 100 %");

    public Histogram {
        labels = List.copyOf(labels);
        counts = List.copyOf(counts);
        if (labels.size() != counts.size()) {
            throw new IllegalArgumentException(labels.size() + " labels for " + counts.size() + " counts");
        }
    }

    /** Shares by tenths; what is exactly 1 belongs to the last tenth, what is above has a range of its own. */
    static Histogram ofShares(double[] shares) {
        int[] counts = new int[TENTHS + 1];
        for (double share : shares) {
            counts[share > 1 ? TENTHS : Math.clamp((long) Math.floor(share * TENTHS + 1e-9), 0, TENTHS - 1)]++;
        }
        return of(SHARES, counts);
    }

    static Histogram of(List<String> labels, int[] counts) {
        return new Histogram(labels, Arrays.stream(counts).boxed().toList());
    }

    /** The sum of two over the same ranges. */
    public Histogram plus(Histogram other) {
        int[] sums = new int[counts.size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts.get(i) + other.counts.get(i);
        }
        return of(labels, sums);
    }

    public int all() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    public int highest() {
        return counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
