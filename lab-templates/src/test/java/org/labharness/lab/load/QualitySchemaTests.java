package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.HiddenData;
import org.labharness.lab.Lab;
import org.labharness.lab.ModelReference;
import org.labharness.lab.QualityCheck;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.TestRows;

/** Schema and loader read hidden data and what is asked of models in the same way. */
class QualitySchemaTests {
    private static final String SCORE =
            "'hidden-score': {'model': 'models:/w@best', 'data': 'w', 'metric': 'f1_macro', 'tiers': {'0.9': 10}}";
    private static final String TEST = "'test': {'file': 't.csv', 'label': 'y', 'predicts': 'classes'}";
    private static final String HIDDEN = "'w': {'file': 'raw.csv', 'label': 'y', 'predicts': 'classes'}";

    @TempDir
    Path folder;

    private String lab(String hidden, String check) {
        return """
                {'id': 'x', 'title': 'X', 'points': 10, 'run': 'dvc', 'hidden': {%s},
                 'checks': [{'id': 'c', 'title': 'C', 'points': 10, %s}]}
                """.formatted(hidden, check).replace('\'', '"');
    }

    private boolean schemaTakes(String json) throws IOException {
        try (InputStream in = LabLoader.class.getResourceAsStream("lab.schema.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
            return schema.validate(json, InputFormat.JSON).isEmpty();
        }
    }

    private List<String> problems(String json) throws IOException {
        Files.writeString(folder.resolve("raw.csv"), "a\n");
        Files.writeString(folder.resolve("lab.yaml"), json);
        try {
            LabLoader.load(folder);
            return List.of();
        } catch (InvalidLab invalid) {
            return invalid.findings().stream()
                    .map(finding -> finding.message() + " " + finding.hint())
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'file': 'raw.csv', 'label': 'y', 'predicts': 'classes'",
                "'file': 'raw.csv', 'label': 'y', 'predicts': 'classes', 'features': ['a', 'b'], 'min-rows': 20",
                "'program': 'raw.csv', 'rows': 500, 'label': 'y', 'predicts': 'classes'",
            })
    void both_take_data(String data) throws IOException {
        String json = lab("'w': {" + data + "}", SCORE);

        assertThat(problems(json)).isEmpty();
        assertThat(schemaTakes(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'label': 'y', 'predicts': 'classes'",
                "'file': 'raw.csv', 'program': 'raw.csv', 'label': 'y', 'predicts': 'classes'",
                "'file': 'raw.csv', 'rows': 500, 'label': 'y', 'predicts': 'classes'",
                "'file': '../raw.csv', 'label': 'y', 'predicts': 'classes'",
                "'file': 'raw.csv', 'predicts': 'classes'",
                "'file': 'raw.csv', 'label': 'y'",
                "'file': 'raw.csv', 'label': 'y', 'predicts': 'colours'",
                "'file': 'raw.csv', 'label': 'y', 'predicts': 'classes', 'min-rows': 5",
                "'program': 'raw.csv', 'rows': 50000, 'label': 'y', 'predicts': 'classes'",
                "'program': 'raw.csv', 'seed': 5, 'label': 'y', 'predicts': 'classes'",
            })
    void both_refuse_data(String data) throws IOException {
        String json = lab("'w': {" + data + "}", SCORE);

        assertThat(problems(json)).isNotEmpty();
        assertThat(schemaTakes(json)).isFalse();
    }

    @Test
    void a_program_that_is_asked_for_fewer_rows_than_are_needed_is_refused() throws IOException {
        String data = "'program': 'raw.csv', 'rows': 100, 'label': 'y', 'predicts': 'classes', 'min-rows': 200";

        assertThat(problems(lab("'w': {" + data + "}", SCORE)))
                .containsExactly(
                        "'w' needs 200 rows, and its program is asked for 100. Ask for more with 'rows', or need"
                                + " fewer with 'min-rows'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'hidden-score': {'model': 'models:/w/3', 'data': 'w', 'metric': 'accuracy', 'tiers': {'0.9': 10, '0.8': 5}}",
                "'hidden-score': {'model': 'models:/w/latest', 'data': 'w', 'metric': 'log_loss', 'tiers': {'0.1': 10, '0.5': 5}}",
                "'hidden-score': {'model': 'runs:/latest/model', 'data': 'w', 'metric': 'roc_auc', 'tiers': {'0.9': 10}}",
                "'hidden-score': {'model': 'models/w.onnx', 'data': 'w', 'metric': 'f1_macro', 'tiers': {'0.9': 10}}",
                "'claim-holds': {'model': 'models:/w@best', 'data': 'w', 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.05}",
                "'claim-holds': {'model': 'w.onnx', 'data': 'w', 'metric': 'f1_macro', 'file': 'm.json', 'claimed': 'f1', 'tolerance': 0}",
                "'claim-holds': {'model': 'models:/w@best', TEST, 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.001}",
                "'claim-holds': {'model': 'w.pkl', 'test': {'file': 't.csv', 'label': 'y', 'predicts': 'numbers', 'features': ['a', 'b']},"
                        + " 'metric': 'rmse', 'file': 'm.json', 'claimed': 'rmse', 'tolerance': 0.001}",
                "'canaries-learnt': {'data': 'd.csv', 'rows': 'raw.csv', 'label': 'y', 'model': 'models:/w@best', 'at-least': 0.3}",
                "'canaries-learnt': {'data': 'd.csv', 'rows': 'raw.csv', 'label': 'y', 'features': ['a'], 'model': 'w.pkl',"
                        + " 'at-least': 1, 'draws': 3}",
                "'no-hidden-rows': {'data': 'w'}",
                "'no-hidden-rows': {'data': 'w', 'at-least': 25}",
                "'model-lineage': 'models:/w@best'",
            })
    void both_take_checks(String check) throws IOException {
        String json = lab(HIDDEN, check.replace("TEST", TEST));

        assertThat(problems(json)).isEmpty();
        assertThat(schemaTakes(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'hidden-score': {'model': 'models:/w', 'data': 'w', 'metric': 'accuracy', 'tiers': {'0.9': 10}}",
                "'hidden-score': {'model': 'models:/w/0', 'data': 'w', 'metric': 'accuracy', 'tiers': {'0.9': 10}}",
                "'hidden-score': {'model': 's3://w', 'data': 'w', 'metric': 'accuracy', 'tiers': {'0.9': 10}}",
                "'hidden-score': {'model': 'runs:/latest', 'data': 'w', 'metric': 'accuracy', 'tiers': {'0.9': 10}}",
                "'hidden-score': {'model': 'runs:/latest/../x', 'data': 'w', 'metric': 'accuracy', 'tiers': {'0.9': 10}}",
                "'hidden-score': {'model': '../w.onnx', 'data': 'w', 'metric': 'accuracy', 'tiers': {'0.9': 10}}",
                "'hidden-score': {'model': 'models:/w/3', 'data': 'w', 'metric': 'f1', 'tiers': {'0.9': 10}}",
                "'hidden-score': {'model': 'models:/w/3', 'data': 'w', 'metric': 'accuracy'}",
                "'claim-holds': {'model': 'models:/w@best', 'data': 'w', 'metric': 'f1_macro', 'claimed': 'f1'}",
                "'claim-holds': {'model': 'models:/w@best', 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.001}",
                "'claim-holds': {'model': 'models:/w@best', TEST, 'data': 'w', 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.1}",
                "'claim-holds': {'model': 'models:/w@best', 'test': 't.csv', 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.001}",
                "'claim-holds': {'model': 'models:/w@best', 'test': {'file': '../t.csv', 'label': 'y', 'predicts': 'classes'},"
                        + " 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.001}",
                "'claim-holds': {'model': 'models:/w@best', 'test': {'file': 't.csv', 'predicts': 'classes'},"
                        + " 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.001}",
                "'claim-holds': {'model': 'models:/w@best', 'test': {'file': 't.csv', 'label': 'y', 'predicts': 'classes', 'min-rows': 20},"
                        + " 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.001}",
                "'canaries-learnt': {'data': 'd.csv', 'rows': 'raw.csv', 'label': 'y', 'model': 'models:/w@best'}",
                "'canaries-learnt': {'data': 'd.csv', 'rows': 'raw.csv', 'label': 'y', 'model': 'models:/w@best', 'at-least': 0}",
                "'canaries-learnt': {'data': 'd.csv', 'rows': '../raw.csv', 'label': 'y', 'model': 'models:/w@best', 'at-least': 0.3}",
                "'canaries-learnt': {'data': 'd.csv', 'rows': 'raw.csv', 'model': 'models:/w@best', 'at-least': 0.3}",
                "'no-hidden-rows': true",
                "'no-hidden-rows': {'data': 'w', 'at-least': 1}",
                "'model-lineage': 'runs:/latest/model'",
                "'model-lineage': true",
            })
    void both_refuse_checks(String check) throws IOException {
        String json = lab(HIDDEN, check.replace("TEST", TEST));

        assertThat(problems(json)).isNotEmpty();
        assertThat(schemaTakes(json)).isFalse();
    }

    @Test
    void data_that_is_not_declared_is_named() throws IOException {
        assertThat(problems(lab(HIDDEN, SCORE.replace("'data': 'w'", "'data': 'v'"))))
                .singleElement()
                .asString()
                .startsWith("The check 'c' asks for the hidden data 'v'.")
                .contains("'w'");
    }

    @Test
    void a_metric_of_numbers_is_none_of_classes() throws IOException {
        assertThat(problems(lab(HIDDEN, SCORE.replace("f1_macro", "rmse"))))
                .containsExactly("The check 'c' asks for rmse of the hidden data 'w'."
                        + " Expected a metric of what they predict, or another 'predicts' there.");
    }

    @Test
    void tiers_of_an_error_begin_with_the_lowest() throws IOException {
        String numbers = HIDDEN.replace("classes", "numbers");
        String rising =
                "'hidden-score': {'model': 'w.onnx', 'data': 'w', 'metric': 'rmse', 'tiers': {'0.9': 10, '0.1': 5}}";

        assertThat(problems(lab(numbers, rising)))
                .containsExactly("The tier 0.1 stands after 0.9. Expected the lowest value first.");
    }

    @Test
    void a_claim_about_a_file_stands_in_a_file() throws IOException {
        String claim =
                "'claim-holds': {'model': 'w.onnx', 'data': 'w', 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.05}";

        assertThat(problems(lab(HIDDEN, claim))).singleElement().asString().contains("'file'");
    }

    @Test
    void the_metric_of_own_rows_fits_what_they_predict() throws IOException {
        String claim = "'claim-holds': {'model': 'models:/w@best', " + TEST
                + ", 'metric': 'rmse', 'claimed': 'rmse', 'tolerance': 0.05}";

        assertThat(problems(lab(HIDDEN, claim)))
                .containsExactly(
                        "'test' is a mapping. Expected 'predicts' to be what rmse measures, or another metric.");
    }

    @Test
    void a_label_is_no_feature() throws IOException {
        String claim = "'claim-holds': {'model': 'models:/w@best', "
                + TEST.replace("'y'", "'y', 'features': ['x', 'y']")
                + ", 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.05}";

        assertThat(problems(lab(HIDDEN, claim)))
                .containsExactly("'test' is a mapping. Expected a label that is not among the features.");
    }

    @Test
    void own_rows_are_read() throws IOException {
        Files.writeString(folder.resolve("raw.csv"), "a\n");
        Files.writeString(
                folder.resolve("lab.yaml"),
                lab(
                        HIDDEN,
                        "'claim-holds': {'model': 'models:/w@best', " + TEST
                                + ", 'metric': 'f1_macro', 'claimed': 'f1', 'tolerance': 0.001}"));

        assertThat(((QualityCheck.ClaimHolds)
                                LabLoader.load(folder).checks().getFirst().spec())
                        .rows())
                .isEqualTo(new TestRows.Own("t.csv", "y", QualityMetric.Task.CLASSES, List.of()));
    }

    @Test
    void all_is_read() throws IOException {
        Files.writeString(folder.resolve("raw.csv"), "a\n");
        Files.writeString(folder.resolve("lab.yaml"), lab(HIDDEN, SCORE));

        Lab lab = LabLoader.load(folder);

        assertThat(lab.hidden())
                .containsExactly(new HiddenData(
                        "w", new HiddenData.Shipped("raw.csv"), "y", QualityMetric.Task.CLASSES, List.of(), 100));
        assertThat(((QualityCheck.HiddenScore) lab.checks().getFirst().spec()).model())
                .isEqualTo(new ModelReference.Registered("w", ModelReference.Choice.ALIAS, "best"));
    }

    @Test
    void other_hidden_rows_make_another_lab() throws IOException {
        Files.writeString(folder.resolve("raw.csv"), "a\n");
        Files.writeString(folder.resolve("lab.yaml"), lab(HIDDEN, SCORE));
        String digest = LabLoader.load(folder).digest();
        Files.writeString(folder.resolve("raw.csv"), "b\n");

        assertThat(LabLoader.load(folder).digest()).isNotEqualTo(digest);
    }
}
