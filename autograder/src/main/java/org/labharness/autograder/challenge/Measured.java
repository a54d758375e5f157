package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Venue;
import org.labharness.pipeline.predict.Scoring;

/** What predictions score on the public and on the private rows. As text it tells neither. */
public final class Measured {
    /** Enough to tell any two shares of 200,000 rows apart, and few enough to forget how a computer adds. */
    private static final MathContext DIGITS = new MathContext(9);

    private final Map<QualityMetric, Double> open;
    private final Map<QualityMetric, Double> hidden;

    private Measured(Map<QualityMetric, Double> open, Map<QualityMetric, Double> hidden) {
        this.open = open;
        this.hidden = hidden;
    }

    /** Every metric of the challenge that the predictions allow. */
    public static Measured of(Guesses guesses, Truth truth, Venue.Here venue) {
        return new Measured(
                part(guesses, truth, venue, truth::isOpen), part(guesses, truth, venue, row -> !truth.isOpen(row)));
    }

    private static Map<QualityMetric, Double> part(Guesses guesses, Truth truth, Venue.Here venue, IntPredicate which) {
        int[] rows = IntStream.range(0, truth.size()).filter(which).toArray();
        List<String> labels = pick(truth.labels(), rows);
        Map<QualityMetric, Double> all = switch (guesses) {
            case Guesses.Numbers numbers ->
                Scoring.numbers(
                        labels,
                        IntStream.of(rows)
                                .mapToDouble(row -> numbers.values()[row])
                                .toArray());
            case Guesses.Labels given ->
                Scoring.labels(labels, truth.labels(), pick(given.labels(), rows), pick(given.scores(), rows));
        };
        Map<QualityMetric, Double> wanted = new EnumMap<>(QualityMetric.class);
        for (QualityMetric metric : venue.metrics()) {
            Double value = all.get(metric);
            if (value != null) {
                wanted.put(metric, value);
            }
        }
        return wanted;
    }

    private static List<String> pick(List<String> all, int[] rows) {
        List<String> some = new ArrayList<>(rows.length);
        for (int row : rows) {
            some.add(all.get(row));
        }
        return some;
    }

    private static double @Nullable [][] pick(double @Nullable [][] all, int[] rows) {
        if (all == null) {
            return null;
        }
        double[][] some = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            some[i] = all[rows[i]];
        }
        return some;
    }

    /** A score as it is compared and told. */
    public static BigDecimal exact(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 && rounded.scale() > -30 ? rounded.setScale(0) : rounded;
    }

    public Map<QualityMetric, Double> onPublicRows() {
        return open;
    }

    /** For those who keep it until the close. */
    public Map<QualityMetric, Double> onPrivateRows() {
        return hidden;
    }

    @Override
    public String toString() {
        return "Measured by " + open.keySet();
    }
}
