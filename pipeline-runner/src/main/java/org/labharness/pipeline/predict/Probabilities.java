package org.labharness.pipeline.predict;

/** Scores as probabilities: as they are where each row's are none below 0 and add up to 1, else through the exponential function. */
final class Probabilities {
    private static final double CLOSE = 1e-3;

    private Probabilities() {}

    static double[][] of(double[][] scores) {
        for (double[] row : scores) {
            double sum = 0;
            boolean negative = false;
            for (double score : row) {
                sum += score;
                negative |= score < 0;
            }
            if (negative || Math.abs(sum - 1) > CLOSE) {
                return softmax(scores);
            }
        }
        return normalized(scores);
    }

    private static double[][] normalized(double[][] scores) {
        double[][] probabilities = new double[scores.length][];
        for (int row = 0; row < scores.length; row++) {
            double sum = 0;
            for (double score : scores[row]) {
                sum += score;
            }
            probabilities[row] = new double[scores[row].length];
            for (int one = 0; one < scores[row].length; one++) {
                probabilities[row][one] = scores[row][one] / sum;
            }
        }
        return probabilities;
    }

    private static double[][] softmax(double[][] scores) {
        double[][] exponentials = new double[scores.length][];
        for (int row = 0; row < scores.length; row++) {
            double most = Double.NEGATIVE_INFINITY;
            for (double score : scores[row]) {
                most = Math.max(most, score);
            }
            exponentials[row] = new double[scores[row].length];
            for (int one = 0; one < scores[row].length; one++) {
                exponentials[row][one] = Math.exp(scores[row][one] - most);
            }
        }
        return normalized(exponentials);
    }
}
