package org.labharness.pipeline.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.labharness.lab.QualityMetric;

/** Values that scikit-learn gives, and properties against the definitions, counted out. */
class MeasuresTests {
    private static final double CLOSE = 1e-12;
    private static final List<String> TRUTH = List.of("a", "b", "c", "a", "b", "c", "a", "a");
    private static final List<String> GUESS = List.of("a", "b", "a", "a", "c", "c", "b", "d");
    private static final double[][] SCORES = {
        {.7, .2, .1}, {.1, .8, .1}, {.5, .2, .3}, {.6, .3, .1}, {.2, .3, .5}, {.1, .1, .8}, {.3, .6, .1}, {.4, .4, .2}
    };

    @Test
    void labelsAreMeasuredAsScikitLearnDoes() {
        Map<QualityMetric, Double> measures = Measures.of(new Guess.Labels(GUESS, SCORES), TRUTH, TRUTH);

        assertThat(measures)
                .containsOnlyKeys(
                        QualityMetric.ACCURACY, QualityMetric.F1_MACRO, QualityMetric.ROC_AUC, QualityMetric.LOG_LOSS);
        assertThat(measures.get(QualityMetric.ACCURACY)).isEqualTo(0.5);
        assertThat(measures.get(QualityMetric.F1_MACRO)).isCloseTo(0.39285714285714285, within(CLOSE));
        assertThat(measures.get(QualityMetric.ROC_AUC)).isCloseTo(0.861111111111111, within(CLOSE));
        assertThat(measures.get(QualityMetric.LOG_LOSS)).isCloseTo(0.7302496018981381, within(CLOSE));
    }

    @Test
    void aTieOfTwoClassesCountsHalf() {
        double[][] scores = {{.9, .1}, {.1, .9}, {.6, .4}, {.6, .4}, {.4, .6}};

        assertThat(Measures.rocAuc(new int[] {0, 1, 1, 0, 1}, scores, 2)).isCloseTo(0.9166666666666666, within(CLOSE));
    }

    @Test
    void numbersAreMeasuredAsScikitLearnDoes() {
        List<String> truth = List.of("1", "2.0", "3", "4.5");

        Map<QualityMetric, Double> measures =
                Measures.of(new Guess.Numbers(new double[] {1.1, 1.9, 3.5, 4.0}), truth, truth);

        assertThat(measures).containsOnlyKeys(QualityMetric.RMSE, QualityMetric.MAE, QualityMetric.R2);
        assertThat(measures.get(QualityMetric.RMSE)).isCloseTo(0.36055512754639896, within(CLOSE));
        assertThat(measures.get(QualityMetric.MAE)).isCloseTo(0.30000000000000004, within(CLOSE));
        assertThat(measures.get(QualityMetric.R2)).isCloseTo(0.9222429906542056, within(CLOSE));
    }

    @Test
    void certaintyThatIsWrongCostsMuchButNotEverything() {
        assertThat(Measures.logLoss(new int[] {0, 1}, new double[][] {{1, 0}, {1, 0}}))
                .isCloseTo(18.021826694558577, within(1e-9));
    }

    /** Every pair of a member and another row is looked at. */
    @Property(tries = 300)
    void rocAucIsTheShareOfPairsInOrder(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int classes) {
        Random random = new Random(seed);
        int rows = classes + random.nextInt(30);
        int[] real = IntStream.range(0, rows)
                .map(row -> row < classes ? row : random.nextInt(classes))
                .toArray();
        double[][] scores = new double[rows][classes];
        for (double[] row : scores) {
            for (int one = 0; one < classes; one++) {
                row[one] = random.nextInt(6) / 5.0;
            }
        }
        double expected = classes == 2
                ? pairs(real, scores, 1)
                : IntStream.range(0, classes)
                        .mapToDouble(one -> pairs(real, scores, one))
                        .average()
                        .orElseThrow();

        assertThat(Measures.rocAuc(real, scores, classes)).isCloseTo(expected, within(CLOSE));
    }

    private static double pairs(int[] real, double[][] scores, int one) {
        double won = 0;
        long all = 0;
        for (int a = 0; a < real.length; a++) {
            for (int b = 0; b < real.length; b++) {
                if (real[a] == one && real[b] != one) {
                    all++;
                    won += scores[a][one] > scores[b][one] ? 1 : scores[a][one] == scores[b][one] ? 0.5 : 0;
                }
            }
        }
        return won / all;
    }

    /** Precision and recall of each label, by the book. */
    @Property(tries = 300)
    void macroF1IsTheMeanOfThoseOfAllLabels(@ForAll long seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(40);
        List<String> truth = labels(random, rows, 3);
        List<String> guess = labels(random, rows, 5);
        TreeSet<String> all = new TreeSet<>(truth);
        all.addAll(guess);
        double sum = 0;
        for (String label : all) {
            double hits = count(truth, guess, label, label);
            double precision =
                    hits / Math.max(1, guess.stream().filter(label::equals).count());
            double recall =
                    hits / Math.max(1, truth.stream().filter(label::equals).count());
            sum += precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }

        assertThat(Measures.f1Macro(truth, guess)).isCloseTo(sum / all.size(), within(CLOSE));
        assertThat(Measures.f1Macro(truth, truth)).isEqualTo(1);
    }

    private static List<String> labels(Random random, int rows, int kinds) {
        return IntStream.range(0, rows)
                .mapToObj(row -> "k" + random.nextInt(kinds))
                .toList();
    }

    private static long count(List<String> truth, List<String> guess, String real, String said) {
        return IntStream.range(0, truth.size())
                .filter(row -> truth.get(row).equals(real) && guess.get(row).equals(said))
                .count();
    }

    @Property(tries = 300)
    void errorsOfNumbersKeepTheirOrder(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        int rows = 2 + random.nextInt(20);
        double[] truth = random.doubles(rows, -1e3, 1e3).toArray();
        double[] guess = random.doubles(rows, -1e3, 1e3).toArray();
        double squares = 0;
        double absolute = 0;
        for (int row = 0; row < rows; row++) {
            squares += Math.pow(truth[row] - guess[row], 2);
            absolute += Math.abs(truth[row] - guess[row]);
        }

        assertThat(Measures.rmse(truth, guess)).isCloseTo(Math.sqrt(squares / rows), within(1e-7));
        assertThat(Measures.mae(truth, guess)).isCloseTo(absolute / rows, within(1e-7));
        assertThat(Measures.mae(truth, guess)).isLessThanOrEqualTo(Measures.rmse(truth, guess) + 1e-9);
        assertThat(Measures.r2(truth, truth)).isEqualTo(1);
        assertThat(Measures.r2(truth, guess)).isLessThanOrEqualTo(1);
    }
}
