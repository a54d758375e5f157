package org.labharness.pipeline.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.QualityMetric.Task;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

class InterpretationTests {
    private static final List<String> THREE = List.of("slate", "basalt", "granite");

    private static Column numbers(String group, String name, double... values) {
        return new Column.Numbers(group, name, values);
    }

    private static Column texts(String group, String... values) {
        return new Column.Texts(group, "0", values);
    }

    private static Guess.Labels labels(List<String> truth, Column... columns) throws Interpretation.Unclear {
        return (Guess.Labels)
                Interpretation.read(new Table(truth.size(), List.of(columns)), Task.CLASSES, truth.size(), truth);
    }

    @Nested
    class Labels {
        @Test
        void are_taken_as_they_stand_with_the_scores_beside_them() throws Interpretation.Unclear {
            Guess.Labels read = labels(
                    THREE,
                    texts("label", "slate", "slate", "granite"),
                    numbers("probability", "granite", .1, .1, .8),
                    numbers("probability", "basalt", .2, .3, .1),
                    numbers("probability", "slate", .7, .6, .1));

            assertThat(read.labels()).containsExactly("slate", "slate", "granite");
            assertThat(Objects.requireNonNull(read.scores())[0])
                    .as("sorted: basalt, granite, slate")
                    .containsExactly(.2, .1, .7);
        }

        @Test
        void are_the_likeliest_class_where_there_are_only_scores() throws Interpretation.Unclear {
            Guess.Labels read = labels(
                    THREE, numbers("p", "0", .1, .8, .1), numbers("p", "1", .2, .1, .8), numbers("p", "2", .7, .1, .1));

            assertThat(read.labels()).containsExactly("slate", "basalt", "granite");
        }

        @Test
        void may_count_the_classes_from_nought() throws Interpretation.Unclear {
            assertThat(labels(THREE, numbers("label", "0", 2, 0, 0)).labels())
                    .containsExactly("slate", "basalt", "basalt");
        }

        @Test
        void may_count_the_classes_in_texts() throws Interpretation.Unclear {
            assertThat(labels(THREE, texts("label", "2", "0", "0.0")).labels())
                    .containsExactly("slate", "basalt", "basalt");
            assertThat(labels(THREE, texts("label", "2", "0", "3")).labels()).containsExactly("2", "0", "3");
        }

        @Test
        void that_are_no_classes_are_kept_beside_those_that_are() throws Interpretation.Unclear {
            assertThat(labels(List.of("3", "4", "5"), numbers("label", "0", 3, 9, 5))
                            .labels())
                    .containsExactly("3", "9", "5");
        }

        @Test
        void are_the_same_number_however_it_is_written() throws Interpretation.Unclear {
            List<String> truth = List.of("1", "2.0", "03");

            Guess.Labels read = labels(truth, numbers("label", "0", 1, 2, 3));

            assertThat(Measures.accuracy(truth, read.labels())).isEqualTo(1);
        }

        @Test
        void beside_scores_may_be_wrong_and_unknown() throws Interpretation.Unclear {
            List<String> truth = List.of("1", "2", "1");

            Guess.Labels read = labels(
                    truth,
                    numbers("label", "0", 7, 2, 1),
                    numbers("p", "0", .4, .2, .9),
                    numbers("p", "1", .6, .8, .1));

            assertThat(read.labels()).containsExactly("7", "2", "1");
        }

        @Test
        void of_two_classes_may_be_told_by_the_probability_of_the_second() throws Interpretation.Unclear {
            List<String> truth = List.of("no", "yes", "yes");

            Guess.Labels read = labels(truth, numbers("output", "0", .2, .5, .9));

            assertThat(read.labels()).containsExactly("no", "no", "yes");
            assertThat(Objects.requireNonNull(read.scores())[2][1]).isEqualTo(.9);
        }

        @Test
        void of_two_classes_may_be_told_by_a_score_around_nought() throws Interpretation.Unclear {
            List<String> truth = List.of("no", "yes", "yes");

            assertThat(labels(truth, numbers("output", "0", -3.5, .25, 4)).labels())
                    .containsExactly("no", "yes", "yes");
        }
    }

    @Nested
    class WordsForWhatSaysNothing {
        private void unclear(Task task, List<String> truth, String words, int rows, Column... columns) {
            assertThatThrownBy(() -> Interpretation.read(new Table(rows, List.of(columns)), task, truth.size(), truth))
                    .isInstanceOf(Interpretation.Unclear.class)
                    .hasMessage(words);
        }

        @Test
        void too_few_and_too_many_rows() {
            unclear(Task.CLASSES, THREE, "it gave 2 predictions for 3 rows", 2, texts("label", "a", "b"));
            unclear(Task.CLASSES, THREE, "it gave 4 predictions for 3 rows", 4, texts("label", "a", "b", "c", "d"));
            unclear(Task.CLASSES, THREE, "it gave 1 prediction for 3 rows", 1, texts("label", "a"));
        }

        @Test
        void missing_numbers() {
            unclear(
                    Task.NUMBERS,
                    THREE,
                    "of its 3 predictions 1 is missing (NaN) and 1 is infinite",
                    3,
                    numbers("y", "0", 1, Double.NaN, Double.POSITIVE_INFINITY));
            unclear(
                    Task.CLASSES,
                    THREE,
                    "of its 3 predictions 1 is missing (NaN)",
                    3,
                    numbers("p", "0", 1, 1, Double.NaN),
                    numbers("p", "1", 1, 1, 1),
                    numbers("p", "2", 1, 1, 1));
        }

        @Test
        void missing_labels() {
            unclear(Task.CLASSES, THREE, "of its 3 predictions 2 are missing", 3, texts("label", "slate", "", ""));
            unclear(
                    Task.CLASSES,
                    THREE,
                    "of its 3 predictions 3 are missing (NaN)",
                    3,
                    numbers("label", "0", Double.NaN, Double.NaN, Double.NaN));
        }

        @Test
        void a_text_and_a_number_are_called_so() {
            unclear(
                    Task.CLASSES,
                    THREE,
                    "none of its outputs is a label, or has a value for each of the 3 classes: 'prediction' has one text and one number a row",
                    3,
                    texts("prediction", "slate", "slate", "slate"),
                    numbers("prediction", "probability", .1, .2, .3));
        }

        @Test
        void outputs_of_another_shape() {
            unclear(
                    Task.CLASSES,
                    THREE,
                    "none of its outputs is a label, or has a value for each of the 3 classes: 'embedding' has 2 numbers a row",
                    3,
                    numbers("embedding", "0", .1, .2, .3),
                    numbers("embedding", "1", .1, .2, .3));
            unclear(
                    Task.NUMBERS,
                    THREE,
                    "none of its outputs is one number for each row: 'label' has one text a row",
                    3,
                    texts("label", "a", "b", "c"));
        }
    }

    /** Nothing that a model says of hidden rows is quoted. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Basalt, SLATE, GRANITE         | none of the model's 3 answers is one of the 3 classes basalt, granite, slate: they are the same but for capital letters
            {'a': 'b'}, {'a': 1}, {}       | none of the model's 3 answers is one of the 3 classes basalt, granite, slate: they are dictionaries
            -1, 1, 7                       | none of the model's 3 answers is one of the 3 classes basalt, granite, slate: they are other whole numbers
            17.25, 3.5, 1.25               | none of the model's 3 answers is one of the 3 classes basalt, granite, slate: they are other numbers
            row 17.25, row 3.5, x          | none of the model's 3 answers is one of the 3 classes basalt, granite, slate: they are other texts
            ['basalt'], x, 3               | none of the model's 3 answers is one of the 3 classes basalt, granite, slate: they are of several kinds
            basalt, x, y                   | ''
            """)
    void labelsThatAreNoClassesAreToldByTheirKind(String labels, String words) throws Interpretation.Unclear {
        assertThat(ForeignLabels.of(labels(THREE, texts("label", labels.split(", "))), THREE, "model"))
                .isEqualTo(words);
    }

    @Test
    void hardlyAnyClassIsToldAsWell() throws Interpretation.Unclear {
        List<String> truth = new ArrayList<>(Collections.nCopies(58, "5"));
        truth.addAll(List.of("3", "4"));
        double[] answers = new double[60];
        Arrays.fill(answers, 1);
        answers[7] = 3;
        answers[9] = 5;

        assertThat(ForeignLabels.of(labels(truth, numbers("label", "0", answers)), truth, "model"))
                .isEqualTo(
                        "only 2 of the model's 60 answers are among the 3 classes 3, 4, 5: the others are other whole numbers");
    }

    @Test
    void placesOfClassesThatAreNumbersAreToldAsWell() throws Interpretation.Unclear {
        List<String> truth = List.of("2", "3", "4");

        assertThat(ForeignLabels.of(labels(truth, numbers("label", "0", 0, 1, 2)), truth, "model"))
                .isEqualTo(
                        "the model's 3 answers are whole numbers from 0 on, and 2 of them are none of the 3 classes 2, 3, 4");
    }

    @Test
    void aNumberMayStandAnywhere() throws Interpretation.Unclear {
        Guess read = Interpretation.read(
                new Table(
                        2,
                        List.of(numbers("hidden", "0", 1, 2), numbers("hidden", "1", 1, 2), numbers("y", "0", 5, 6))),
                Task.NUMBERS,
                2,
                List.of("1", "2"));

        assertThat(((Guess.Numbers) read).values()).containsExactly(5, 6);
    }

    @Test
    void scoresThatAreNoProbabilitiesBecomeSome() {
        double[][] made = Probabilities.of(new double[][] {{2, 1, -1}, {0, 0, 0}});

        assertThat(made[0][0] + made[0][1] + made[0][2]).isBetween(1 - 1e-12, 1 + 1e-12);
        assertThat(made[0][0]).isGreaterThan(made[0][1]);
        assertThat(made[1]).containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
    }
}
