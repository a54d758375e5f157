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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.Lab;
import org.labharness.lab.ModelReference;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.TestRows;

/** Schema and loader read services, and what is asked of them, in the same way. */
class ServiceSchemaTests {
    private static final String SERVICE =
            "'command': 'python serve.py', 'port': 8000, 'question': {'data': 'w', 'body': {'x': '{values}'}}";
    private static final String READY = "'service-ready': 's'";

    @TempDir
    Path folder;

    private String lab(String service, String check) {
        return """
                {'id': 'x', 'title': 'X', 'points': 10, 'run': 'dvc',
                 'hidden': {'w': {'file': 'raw.csv', 'label': 'y', 'predicts': 'classes', 'min-rows': 200}},
                 'services': {'s': {%s}},
                 'checks': [{'id': 'c', 'title': 'C', 'points': 10, %s}]}
                """.formatted(service, check).replace('\'', '"');
    }

    private boolean schemaTakes(String json) throws IOException {
        try (InputStream in = LabLoader.class.getResourceAsStream("lab.schema.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
            return schema.validate(json, InputFormat.JSON).isEmpty();
        }
    }

    private Lab load(String json) throws IOException {
        Files.writeString(folder.resolve("raw.csv"), "a\n");
        Files.writeString(folder.resolve("answer.json"), "{}");
        Files.writeString(folder.resolve("lab.yaml"), json);
        return LabLoader.load(folder);
    }

    private List<String> problems(String json) throws IOException {
        try {
            load(json);
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
                "'command': 'python serve.py', 'port': 8000",
                "'command': 'python serve.py', 'port': 8000, 'ready': '/health', 'within': '30s', 'variables': {'A_1': 'b'}",
                "'entry': 'serve', 'parameters': {'port': 8000}, 'port': 8000",
                "'serves': 'models:/w@best', 'port': 5001, 'question': {'data': 'w'}",
                "'serves': 'runs:/latest/model', 'port': 5001",
                "'command': 'x', 'port': 8000, 'question': {'data': 'w', 'path': '/p', 'rows': 5, 'body': [['{values}', 1, null, true]], 'answer': 'all'}",
            })
    void both_take_services(String service) throws IOException {
        String json = lab(service, READY);

        assertThat(problems(json)).isEmpty();
        assertThat(schemaTakes(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'port': 8000",
                "'command': 'x'",
                "'command': 'x', 'port': 80",
                "'command': 'x', 'port': 70000",
                "'command': 'x', 'entry': 'serve', 'port': 8000",
                "'command': 'x', 'parameters': {'a': 1}, 'port': 8000",
                "'serves': 'models:/w', 'port': 8000",
                "'command': 'x', 'port': 8000, 'ready': 'health'",
                "'command': 'x', 'port': 8000, 'ready': '/he alth'",
                "'command': 'x', 'port': 8000, 'within': 'soon'",
                "'command': 'x', 'port': 8000, 'variables': {'1A': 'b'}",
                "'command': 'x', 'port': 8000, 'question': {}",
                "'command': 'x', 'port': 8000, 'question': {'data': 'w', 'rows': 2}",
                "'command': 'x', 'port': 8000, 'host': '0.0.0.0'",
            })
    void both_refuse_services(String service) throws IOException {
        String json = lab(service, READY);

        assertThat(problems(json)).isNotEmpty();
        assertThat(schemaTakes(json)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                READY,
                "'service-contract': {'service': 's', 'schema': 'answer.json'}",
                "'service-contract': {'service': 's', 'openapi': '/api.json'}",
                "'service-answers': {'service': 's', 'metric': 'accuracy', 'tiers': {'0.9': 10, '0.5': 5}}",
                "'service-agrees': {'service': 's', 'model': 'models:/w@best', 'tolerance': 0.01}",
                "'service-refuses': 's'",
                "'service-refuses': {'service': 's', 'cases': ['empty', 'not-json']}",
                "'service-load': {'service': 's'}",
                "'service-load': {'service': 's', 'requests': 200, 'concurrent': 20, 'seconds': 0.5, 'errors': 2}",
                "'service-version': {'service': 's', 'model': 'models:/w@best', 'path': '/v', 'field': 'all'}",
                "'service-metrics': {'service': 's', 'path': '/m', 'counters': ['hits_total']}",
                "'client-follows': {'command': 'python client.py {endpoint}'}",
                "'client-follows': {'command': 'python page.py', 'variables': {'API': '{endpoint}'}, 'port': 8501, 'trigger': {'path': '/draw', 'body': {'a': [1]}}, 'calls': '/predict', 'answer': {'d': 7}, 'shows': 'seven'}",
            })
    void both_take_checks(String check) throws IOException {
        String json = lab(SERVICE, check);

        assertThat(problems(json)).isEmpty();
        assertThat(schemaTakes(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'service-ready': true",
                "'service-contract': {'service': 's', 'schema': 'answer.json', 'openapi': '/api.json'}",
                "'service-answers': {'service': 's', 'metric': 'speed', 'tiers': {'0.9': 10}}",
                "'service-answers': {'service': 's', 'metric': 'accuracy'}",
                "'service-refuses': {'service': 's', 'cases': ['polite']}",
                "'service-load': {'service': 's', 'requests': 5}",
                "'service-load': {'service': 's', 'concurrent': 1000}",
                "'service-version': {'service': 's', 'model': 'models:/w/3'}",
                "'service-version': {'service': 's'}",
                "'client-follows': {'variables': {'API': '{endpoint}'}}",
                "'client-follows': {'command': 'python page.py {endpoint}', 'trigger': {'path': '/draw'}}",
            })
    void both_refuse_checks(String check) throws IOException {
        String json = lab(SERVICE, check);

        assertThat(problems(json)).isNotEmpty();
        assertThat(schemaTakes(json)).isFalse();
    }

    @Test
    void a_service_that_is_not_described_is_named() throws IOException {
        assertThat(problems(lab(SERVICE, "'service-ready': 'sorted'")))
                .containsExactly("The lab describes no service 'sorted'. Expected one of: s.");
    }

    @Test
    void who_asks_for_predictions_needs_a_question() throws IOException {
        assertThat(problems(lab("'command': 'x', 'port': 8000", "'service-refuses': 's'")))
                .singleElement()
                .asString()
                .contains("a service with a 'question'");
    }

    @Test
    void a_question_is_about_data_that_is_declared_and_large_enough() throws IOException {
        assertThat(problems(lab(SERVICE.replace("'data': 'w'", "'data': 'v'"), READY)))
                .singleElement()
                .asString()
                .startsWith("The service 's' is asked about the hidden data 'v'.");
        assertThat(problems(lab(SERVICE, READY).replace("\"min-rows\": 200", "\"min-rows\": 100")))
                .singleElement()
                .asString()
                .contains("Expected 'min-rows' of at least 200");
    }

    @Test
    void a_body_holds_something_of_the_row() throws IOException {
        assertThat(problems(lab(SERVICE.replace("{values}", "values"), READY)))
                .singleElement()
                .asString()
                .contains("one of {record}, {values}, {names}");
    }

    @Test
    void mlflow_models_serve_has_no_version_of_its_own() throws IOException {
        String service = "'serves': 'models:/w@best', 'port': 8000";

        assertThat(problems(lab(service, "'service-version': {'service': 's', 'model': 'models:/w@best'}")))
                .singleElement()
                .asString()
                .contains("a service that chooses the version itself");
    }

    @Test
    void a_client_is_told_where_the_service_is() throws IOException {
        assertThat(problems(lab(SERVICE, "'client-follows': {'command': 'python client.py'}")))
                .singleElement()
                .asString()
                .contains("{endpoint}");
    }

    @Test
    void everything_is_read_as_it_stands() throws IOException {
        Lab lab = load(lab(
                "'serves': 'models:/w@best', 'port': 5001, 'variables': {'A': 'b'}, 'question': {'data': 'w'}",
                "'service-agrees': {'service': 's'}"));

        ServiceCheck.ServiceAgrees check =
                (ServiceCheck.ServiceAgrees) lab.checks().getFirst().spec();
        Service service = check.service();
        ModelReference best = new ModelReference.Registered("w", ModelReference.Choice.ALIAS, "best");
        assertThat(check.model()).isEqualTo(best);
        assertThat(service.start()).isEqualTo(new Service.Model(best));
        assertThat(service.ready()).isEqualTo("/ping");
        assertThat(service.variables()).isEqualTo(Map.of("A", "b"));
        assertThat(service.question())
                .isEqualTo(new Service.Question(
                        "/invocations",
                        "w",
                        40,
                        "{\"dataframe_split\":{\"columns\":\"{names}\",\"data\":[\"{values}\"]}}",
                        "predictions.0"));
        assertThat(check.needs())
                .contains(
                        new EvidenceRequest.Serving("s"),
                        new EvidenceRequest.Tracking(),
                        new EvidenceRequest.Predictions(best, new TestRows.Hidden("w")));
    }

    /** Students start the service as the lab does, and ask it what they like. */
    @Test
    void what_students_get_says_nothing_of_hidden_data() throws IOException {
        Optional<String> shown = PublicLab.of(load(lab(SERVICE, READY)), Set.of());

        assertThat(shown)
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("python serve.py", "service-ready")
                        .doesNotContain("question")
                        .doesNotContain("hidden"));
    }
}
