package org.labharness.pipeline.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/** The models were made by {@code make.py} beside them, with what scikit-learn and XGBoost themselves say of the same rows. */
class EvaluatorIT {
    private static final double CLOSE = 1e-5;

    @RegisterExtension
    static final RealEvaluator REAL = new RealEvaluator();

    /** Classes sorted as scikit-learn sorts them, whatever order the model's maps keep. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            string-maps,       setosa versicolor virginica, output_probability
            number-maps,       -3 7 100,                    output_probability
            string-tensors,    0 1 2,                       probabilities
            tensors-of-double, 0 1 2,                       probabilities
            """)
    void probabilitiesAreThoseOfTheirClasses(String model, String classes, String output) throws IOException {
        List<String[]> truth = RealEvaluator.lines(model + ".csv");

        Table given = predicted(model + ".onnx", RealEvaluator.numbers(truth));

        List<Column> columns = group(given, output);
        assertThat(columns.stream().map(Column::name)).containsExactly(classes.split(" ", -1));
        for (int column = 0; column < columns.size(); column++) {
            close(columns.get(column), truth, 3 + column);
        }
    }

    @Test
    void labelsMayBeTexts() throws IOException {
        List<String[]> truth = RealEvaluator.lines("string-maps.csv");

        Table given = predicted("string-maps.onnx", RealEvaluator.numbers(truth));

        assertThat(((Column.Texts) group(given, "output_label").getFirst()).values())
                .containsExactly("virginica", "setosa", "virginica", "setosa", "setosa", "virginica");
    }

    @Test
    void inputsMayHaveTheNamesOfColumnsAndTypesOfTheirOwn() throws IOException {
        List<String[]> truth = RealEvaluator.lines("named-inputs.csv");
        Table numbers = RealEvaluator.numbers(
                truth.stream().map(row -> new String[] {row[0], row[1], "0"}).toList());
        // In another order than the model's, and one of them as an exporter would not write it.
        Table features = new Table(
                truth.size(),
                List.of(
                        new Column.Texts(
                                "", "colour", truth.stream().map(row -> row[2]).toArray(String[]::new)),
                        new Column.Numbers(
                                "",
                                "alcohol",
                                ((Column.Numbers) numbers.columns().get(1)).values()),
                        new Column.Numbers(
                                "",
                                "Fixed_Acidity",
                                ((Column.Numbers) numbers.columns().get(0)).values())));

        Table given = predicted("named-inputs.onnx", features);

        assertThat(((Column.Texts) given.columns().getFirst()).values())
                .containsExactly(truth.stream().map(row -> row[3]).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            regression.onnx, regression.csv
            trees.ubj,       trees.csv
            trees.json,      trees.csv
            three.ubj,       three.csv
            """)
    void numbersAreThoseOfTheLibraryThatMadeTheModel(String model, String expected) throws IOException {
        List<String[]> truth = RealEvaluator.lines(expected);

        List<Column> columns = predicted(model, RealEvaluator.numbers(truth)).columns();

        assertThat(columns).hasSize(truth.getFirst().length - 3);
        for (int column = 0; column < columns.size(); column++) {
            close(columns.get(column), truth, 3 + column);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one-row-at-a-time",
                "four-rows-at-a-time",
                "whole-numbers",
                "images",
                "a-vector",
                "weights-beside"
            })
    void rowsGoInAsTheModelTakesThem(String model) throws IOException {
        List<String[]> rows = new ArrayList<>();
        double[] sums = new double[10];
        for (int row = 0; row < sums.length; row++) {
            rows.add(new String[] {"" + row, "2", "" + -row});
            sums[row] = 2.0 * row + 4;
        }

        Table given = predicted(model + ".onnx", RealEvaluator.numbers(rows));

        assertThat(given.columns()).hasSize(1);
        assertThat(((Column.Numbers) given.columns().getFirst()).values()).containsExactly(sums, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            weights-outside.onnx             | OUTSIDE | it takes weights from '../../etc/passwd', outside of its own folder
            weights-absolute.onnx            | OUTSIDE | it takes weights from '/etc/passwd', outside of its own folder
            weights-outside-in-a-branch.onnx | OUTSIDE | it takes weights from '/features', outside of its own folder
            make.py                          | VERSION | it was saved by XGBoost of an unknown version, and the evaluator knows 3.0
            newer.ubj                        | VERSION | it was saved by XGBoost 3.2, and the evaluator knows 3.0
            newer.json                       | VERSION | it was saved by XGBoost 3.2, and the evaluator knows 3.0
            junk.onnx                        | LOAD    |
            """)
    void aModelThatCannotBeUsedIsAResultWithWords(String model, String reason, String words) throws IOException {
        Evaluation given = REAL.evaluate(model, RealEvaluator.numbers(RealEvaluator.lines("regression.csv")));

        assertThat(given).isInstanceOfSatisfying(Evaluation.Unusable.class, unusable -> {
            assertThat(unusable.reason().name()).isEqualTo(reason);
            assertThat(unusable.words()).isNotBlank().contains(words == null ? "" : words);
        });
    }

    @Test
    void aModelOfOtherColumnsIsToldWhatItWantsAndWhatThereIs() throws IOException {
        Table two = new Table(
                1,
                List.of(
                        new Column.Numbers("", "alcohol", new double[] {1}),
                        new Column.Numbers("", "sugar", new double[] {1})));

        assertThat(REAL.evaluate("regression.onnx", two))
                .isEqualTo(new Evaluation.Unusable(
                        Evaluation.Reason.INPUTS,
                        "its input 'X' takes float [any, 3], but a row of the data has 2 values: alcohol, sugar"));
    }

    @Test
    void aModelThatNeverEndsHitsTheLimitOfTime() throws IOException {
        Evaluation given = REAL.evaluate(
                "endless.onnx", RealEvaluator.numbers(RealEvaluator.lines("regression.csv")), Duration.ofSeconds(3));

        assertThat(given)
                .isInstanceOfSatisfying(
                        Evaluation.Died.class,
                        died -> assertThat(died.limits().stream().map(LimitHit::name))
                                .contains(LimitHit.Name.TIME));
    }

    @Test
    void aModelThatTakesAllMemoryHitsItsLimit() throws IOException {
        Evaluation given = REAL.evaluate("greedy.onnx", RealEvaluator.numbers(RealEvaluator.lines("regression.csv")));

        assertThat(given)
                .isInstanceOfSatisfying(
                        Evaluation.Died.class,
                        died -> assertThat(died.limits().stream().map(LimitHit::name))
                                .contains(LimitHit.Name.MEMORY));
    }

    private static Table predicted(String model, Table features) throws IOException {
        Evaluation given = REAL.evaluate(model, features);
        assertThat(given).isInstanceOf(Evaluation.Predicted.class);
        Table outputs = ((Evaluation.Predicted) given).outputs();
        assertThat(outputs.rows()).isEqualTo(features.rows());
        return outputs;
    }

    private static List<Column> group(Table table, String name) {
        return table.columns().stream()
                .filter(column -> column.group().equals(name))
                .toList();
    }

    private static void close(Column column, List<String[]> truth, int index) {
        assertThat(((Column.Numbers) column).values())
                .containsExactly(
                        truth.stream()
                                .mapToDouble(row -> Double.parseDouble(row[index]))
                                .toArray(),
                        within(CLOSE));
        assertThat(Arrays.stream(((Column.Numbers) column).values()).allMatch(Double::isFinite))
                .isTrue();
    }
}
