package org.labharness.autograder.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.statistics.ItemAnalysis.Given;
import org.labharness.autograder.statistics.ItemAnalysis.Item;

class ItemAnalysisTests {
    private static Item item(List<double[]> attempts, int check) {
        return analysis(attempts).items().get(check);
    }

    private static ItemAnalysis analysis(List<double[]> attempts) {
        ItemAnalysis analysis = new ItemAnalysis();
        for (double[] points : attempts) {
            List<Given> given = new ArrayList<>();
            for (int i = 0; i < points.length; i++) {
                given.add(new Given("c" + i, points[i], 10 * (i + 1)));
            }
            analysis.add(given);
        }
        return analysis;
    }

    @Provide
    Arbitrary<List<double[]>> attempts() {
        return Arbitraries.integers()
                .between(0, 10)
                .array(int[].class)
                .ofSize(3)
                .map(points -> new double[] {points[0], 2.0 * points[1], 3.0 * points[2]})
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    /** The textbook's formula, in two passes. */
    private static double pearson(List<double[]> attempts) {
        double[] x = attempts.stream().mapToDouble(points -> points[0] / 10).toArray();
        double[] y = attempts.stream()
                .mapToDouble(points -> (points[1] + points[2]) / 50)
                .toArray();
        double meanX = java.util.Arrays.stream(x).average().orElseThrow();
        double meanY = java.util.Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx * yy < 1e-12 ? Double.NaN : xy / Math.sqrt(xx * yy);
    }

    @Property
    void discriminationIsTheCorrelationWithTheRest(@ForAll("attempts") List<double[]> attempts) {
        double expected = pearson(attempts);

        assertThat(item(attempts, 0).discrimination().orElse(Double.NaN)).isCloseTo(expected, within(1e-9));
    }

    @Property
    void difficultyIsTheMeanShare(@ForAll("attempts") List<double[]> attempts) {
        double mean = attempts.stream()
                .mapToDouble(points -> points[1] / 20)
                .average()
                .orElseThrow();

        assertThat(item(attempts, 1).difficulty()).isCloseTo(mean, within(1e-9));
    }

    @Property
    void halvesThatAreReadApartMakeTheSameWhole(@ForAll("attempts") List<double[]> attempts) {
        int half = attempts.size() / 3;
        ItemAnalysis first = analysis(attempts.subList(0, half));

        first.addAll(analysis(attempts.subList(half, attempts.size())));

        Item whole = item(attempts, 0);
        Item made = first.items().getFirst();
        assertThat(made.attempts()).isEqualTo(whole.attempts());
        assertThat(made.full()).isEqualTo(whole.full());
        assertThat(made.difficulty()).isCloseTo(whole.difficulty(), within(1e-9));
        assertThat(made.discrimination().orElse(9))
                .isCloseTo(whole.discrimination().orElse(9), within(1e-9));
    }

    @Test
    void aCheckThatAllPassTellsNobodyApart() {
        Item item = item(List.of(of(10, 1), of(10, 5), of(10, 9), of(10, 13), of(10, 20)), 0);

        assertThat(item.discrimination()).isEmpty();
        assertThat(item.full()).isEqualTo(5);
        assertThat(item.none()).isZero();
    }

    @Test
    void aCheckThatTheBetterFailIsNegative() {
        Item item = item(List.of(of(10, 0), of(8, 5), of(5, 10), of(2, 15), of(0, 20)), 0);

        assertThat(item.discrimination().orElseThrow()).isLessThan(-0.9);
    }

    @Test
    void fewAttemptsSayNothing() {
        assertThat(item(List.of(of(1, 1), of(5, 9), of(3, 2), of(9, 18)), 0).discrimination())
                .isEmpty();
    }

    private static double[] of(double... points) {
        return points;
    }
}
