package org.labharness.pipeline.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.labharness.lab.QualityMetric;
import org.labharness.pipeline.predict.Draw.Said;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

class DrawTests {
    private static final List<String> LABELS = List.of("oak", "ash", "fir", "oak");

    private static Draw.Drawn drawn(QualityMetric.Task task, List<String> labels) {
        Table features = new Table(labels.size(), List.of(new Column.Numbers("", "row", new double[labels.size()])));
        return Draw.Drawn.of(
                new LabelledRows("trees", task, true, features, features, labels, labels), labels.size(), 5);
    }

    /** @param sure of the right label; the others share the rest */
    private static Said scores(String right, double sure) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String name : List.of("fir", "oak", "ash")) {
            scores.put(name, name.equals(right) ? sure : (1 - sure) / 2);
        }
        return new Said("", scores);
    }

    private static Said scoresByPlace(String right) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String name : List.of("ash", "fir", "oak")) {
            scores.put(String.valueOf(scores.size()), name.equals(right) ? 3.0 : -1.0);
        }
        return new Said("", scores);
    }

    private static Draw.Assessed assess(Draw.Drawn drawn, List<Said> answers) {
        return drawn.assess(answers, "kind");
    }

    private static List<String> inOrder(Draw.Drawn drawn) {
        return drawn.places().stream().map(LABELS::get).toList();
    }

    @Test
    void scoresByNameMeasureWhateverClassesAllow() {
        Draw.Drawn drawn = drawn(QualityMetric.Task.CLASSES, LABELS);

        Draw.Assessed assessed = assess(
                drawn, inOrder(drawn).stream().map(label -> scores(label, 0.5)).toList());

        assertThat(assessed.unclear()).isEmpty();
        assertThat(assessed.words()).isEqualTo(inOrder(drawn));
        assertThat(assessed.measured()).containsEntry("accuracy", 1.0).containsEntry("roc_auc", 1.0);
        assertThat(assessed.measured().get("log_loss")).isCloseTo(Math.log(2), Offset.offset(1e-9));
    }

    @Test
    void scoresByPlaceAreThoseOfTheSortedLabels() {
        Draw.Drawn drawn = drawn(QualityMetric.Task.CLASSES, LABELS);

        Draw.Assessed assessed = assess(
                drawn, inOrder(drawn).stream().map(DrawTests::scoresByPlace).toList());

        assertThat(assessed.measured()).containsEntry("accuracy", 1.0).containsKey("log_loss");
    }

    @Test
    void scoresOfOtherClassesAreUnclear() {
        Draw.Drawn drawn = drawn(QualityMetric.Task.CLASSES, LABELS);

        Draw.Assessed assessed = assess(
                drawn,
                LABELS.stream()
                        .map(label -> new Said("", Map.of("oak", 0.5, "ash", 0.5)))
                        .toList());

        assertThat(assessed.measured()).isEmpty();
        assertThat(assessed.unclear()).contains("a value for each of the 3 classes");
    }

    @Test
    void aScoreThatIsMissingIsTold() {
        Draw.Drawn drawn = drawn(QualityMetric.Task.CLASSES, LABELS);
        List<Said> answers = new java.util.ArrayList<>(
                LABELS.stream().map(label -> scores(label, 0.5)).toList());
        answers.set(2, new Said("", Map.of("oak", 1.0)));

        assertThat(assess(drawn, answers).unclear()).contains("missing (NaN)");
    }

    @Test
    void whereSomeAnswerWithWordsTheScoresOfOthersCountForNothing() {
        Draw.Drawn drawn = drawn(QualityMetric.Task.CLASSES, LABELS);
        List<Said> answers = new java.util.ArrayList<>(
                inOrder(drawn).stream().map(label -> new Said(label, Map.of())).toList());
        answers.set(0, scores(inOrder(drawn).getFirst(), 0.5));

        Draw.Assessed assessed = assess(drawn, answers);

        assertThat(assessed.words().getFirst()).isEmpty();
        assertThat(assessed.measured()).containsEntry("accuracy", 0.75);
    }

    @Test
    void labelsThatAreNoneOfTheDatasAreTold() {
        Draw.Drawn drawn = drawn(QualityMetric.Task.CLASSES, LABELS);

        Draw.Assessed assessed = assess(
                drawn,
                inOrder(drawn).stream()
                        .map(label -> new Said(" " + label.toUpperCase(java.util.Locale.ROOT), Map.of()))
                        .toList());

        assertThat(assessed.measured()).containsEntry("accuracy", 0.0);
        assertThat(assessed.unclear())
                .isEqualTo(
                        "none of the service's 4 answers is one of the 3 classes ash, fir, oak: they are the same but for capital letters");
    }

    @Test
    void numbersWithoutEndAreNoPredictions() {
        Draw.Drawn drawn = drawn(QualityMetric.Task.NUMBERS, List.of("1", "2", "3", "4"));

        Draw.Assessed assessed = assess(
                drawn,
                List.of("1e999999999", "2", "3", "4").stream()
                        .map(word -> new Said(word, Map.of()))
                        .toList());

        assertThat(assessed.measured()).isEmpty();
        assertThat(assessed.unclear()).contains("infinite");
    }

    @Test
    void nothingAtAllMeasuresNothing() {
        Draw.Drawn drawn = drawn(QualityMetric.Task.CLASSES, LABELS);

        Draw.Assessed assessed = assess(
                drawn, LABELS.stream().map(label -> new Said("", Map.of())).toList());

        assertThat(assessed.measured()).isEmpty();
        assertThat(assessed.words()).containsOnly("");
    }
}
