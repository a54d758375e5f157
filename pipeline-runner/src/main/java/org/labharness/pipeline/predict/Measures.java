package org.labharness.pipeline.predict;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.QualityMetric;

/** Measures of how well predictions fit, by the definitions of scikit-learn. Pure. */
final class Measures {
    /** What scikit-learn takes for a probability of nothing. */
    private static final double LEAST = Math.ulp(1.0);

    private Measures() {}

    /**
     * Every measure that these predictions allow.
     *
     * @param known every class that there is; scores by class say nothing of rows of some of them only
     */
    static Map<QualityMetric, Double> of(Guess guess, List<String> truth, List<String> known) {
        Map<QualityMetric, Double> measures = new EnumMap<>(QualityMetric.class);
        switch (guess) {
            case Guess.Numbers numbers -> {
                double[] real = truth.stream().mapToDouble(Double::parseDouble).toArray();
                measures.put(QualityMetric.RMSE, rmse(real, numbers.values()));
                measures.put(QualityMetric.MAE, mae(real, numbers.values()));
                measures.put(QualityMetric.R2, r2(real, numbers.values()));
            }
            case Guess.Labels labels -> {
                Classes classes = Classes.of(truth);
                int[] real = truth.stream().mapToInt(classes::index).toArray();
                measures.put(QualityMetric.ACCURACY, accuracy(truth, labels.labels()));
                measures.put(QualityMetric.F1_MACRO, f1Macro(truth, labels.labels()));
                double @Nullable [][] scores = labels.scores();
                if (scores != null && classes.count() == Classes.of(known).count()) {
                    measures.put(QualityMetric.ROC_AUC, rocAuc(real, scores, classes.count()));
                    measures.put(QualityMetric.LOG_LOSS, logLoss(real, Probabilities.of(scores)));
                }
            }
        }
        return measures;
    }

    static double accuracy(List<String> truth, List<String> guess) {
        int right = 0;
        for (int row = 0; row < truth.size(); row++) {
            if (Classes.plain(truth.get(row)).equals(guess.get(row))) {
                right++;
            }
        }
        return (double) right / truth.size();
    }

    /** The mean over all labels that occur, in the truth or in the guess, of twice the hits by all who have or get the label. */
    static double f1Macro(List<String> truth, List<String> guess) {
        Map<String, int[]> counts = new java.util.TreeMap<>();
        for (int row = 0; row < truth.size(); row++) {
            String real = Classes.plain(truth.get(row));
            String said = guess.get(row);
            counts.computeIfAbsent(real, key -> new int[2])[1]++;
            counts.computeIfAbsent(said, key -> new int[2])[1]++;
            if (real.equals(said)) {
                counts.computeIfAbsent(real, key -> new int[2])[0]++;
            }
        }
        return counts.values().stream()
                .mapToDouble(count -> 2.0 * count[0] / count[1])
                .average()
                .orElse(0);
    }

    /** @param real positions of the true classes, all of which occur */
    static double rocAuc(int[] real, double[][] scores, int classes) {
        if (classes == 2) {
            return rankSum(real, scores, 1);
        }
        double sum = 0;
        for (int one = 0; one < classes; one++) {
            sum += rankSum(real, scores, one);
        }
        return sum / classes;
    }

    /** How often a row of the class has a higher score than one of another; a tie counts half. */
    private static double rankSum(int[] real, double[][] scores, int one) {
        Integer[] order = new Integer[real.length];
        Arrays.setAll(order, row -> row);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a][one] + 0.0, scores[b][one] + 0.0));
        double ranks = 0;
        long members = 0;
        int from = 0;
        while (from < order.length) {
            int to = from;
            int hits = 0;
            while (to < order.length && scores[order[to]][one] == scores[order[from]][one]) {
                if (real[order[to]] == one) {
                    hits++;
                }
                to++;
            }
            ranks += hits * (from + 1 + to) / 2.0;
            members += hits;
            from = to;
        }
        double others = order.length - members;
        return (ranks - members * (members + 1) / 2.0) / (members * others);
    }

    static double logLoss(int[] real, double[][] probabilities) {
        double sum = 0;
        for (int row = 0; row < real.length; row++) {
            double given = Math.max(LEAST, Math.min(1 - LEAST, probabilities[row][real[row]]));
            sum -= Math.log(given);
        }
        return sum / real.length;
    }

    static double rmse(double[] truth, double[] guess) {
        double largest = 0;
        for (int row = 0; row < truth.length; row++) {
            largest = Math.max(largest, Math.abs(truth[row] - guess[row]));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (int row = 0; row < truth.length; row++) {
            double part = (truth[row] - guess[row]) / largest;
            sum += part * part;
        }
        return largest * Math.sqrt(sum / truth.length);
    }

    static double mae(double[] truth, double[] guess) {
        double sum = 0;
        for (int row = 0; row < truth.length; row++) {
            sum += Math.abs(truth[row] - guess[row]) / truth.length;
        }
        return sum;
    }

    /** @param truth of which not all are the same */
    static double r2(double[] truth, double[] guess) {
        double mean = Arrays.stream(truth).average().orElse(0);
        double error = 0;
        double spread = 0;
        for (int row = 0; row < truth.length; row++) {
            error += (truth[row] - guess[row]) * (truth[row] - guess[row]);
            spread += (truth[row] - mean) * (truth[row] - mean);
        }
        return 1 - error / spread;
    }
}
