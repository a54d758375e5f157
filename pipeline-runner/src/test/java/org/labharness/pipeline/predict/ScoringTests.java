package org.labharness.pipeline.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.labharness.lab.QualityMetric;

/** Rows from files are measured as those of models are. */
class ScoringTests {
    private static final List<String> TRUTH = List.of("a", "b", "a", "b");

    @Test
    void labelsAndNumbersHaveTheSameMeasuresAsModelsHave() {
        double[][] scores = {{.9, .1}, {.2, .8}, {.4, .6}, {.3, .7}};

        assertThat(Scoring.labels(TRUTH, TRUTH, List.of("a", "b", "b", "b"), scores))
                .isEqualTo(Measures.of(new Guess.Labels(List.of("a", "b", "b", "b"), scores), TRUTH, TRUTH));
        assertThat(Scoring.numbers(List.of("1", "2"), new double[] {1, 4}).get(QualityMetric.MAE))
                .isEqualTo(1.0);
    }

    @Test
    void rowsOfSomeClassesAloneHaveNoMeasureOfLikelihood() {
        Map<QualityMetric, Double> measures =
                Scoring.labels(List.of("a", "a"), TRUTH, List.of("a", "b"), new double[][] {{1, 0}, {0, 1}});

        assertThat(measures).containsOnlyKeys(QualityMetric.ACCURACY, QualityMetric.F1_MACRO);
    }

    @Test
    void classesStandInTheirOrderAndInOneForm() {
        assertThat(Scoring.classes(List.of("10", "9.0", "09", "1e1"))).containsExactly("9", "10");
        assertThat(Scoring.plain(" 1.0 ")).isEqualTo("1");
    }

    @Test
    void theDigestOfLabelsFollowsTheirOrder() {
        assertThat(Scoring.digest(List.of("a", "b"))).isNotEqualTo(Scoring.digest(List.of("b", "a")));
        assertThat(Scoring.digest(List.of("ab", "c"))).isNotEqualTo(Scoring.digest(List.of("a", "bc")));
    }
}
