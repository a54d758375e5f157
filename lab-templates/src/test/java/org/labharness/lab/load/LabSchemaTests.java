package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.CheckSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema and the loader take and refuse the same files, apart from what a schema cannot say. */
class LabSchemaTests {
    private static final JsonNode SCHEMA = read();

    @TempDir
    Path folder;

    private static JsonNode read() {
        try (InputStream in = LabLoader.class.getResourceAsStream("lab.schema.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Error> bySchema(String json) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA);
        return schema.validate(json, InputFormat.JSON);
    }

    private List<String> byLoader(String json) throws IOException {
        Files.writeString(folder.resolve("lab.yaml"), json, StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("raw.csv"), "a\n");
        Files.createDirectories(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/test_report.py"), "def test_title(tree): ...\ndef test_end(): ...\n");
        try {
            LabLoader.load(folder);
            return List.of();
        } catch (InvalidLab e) {
            return e.findings().stream()
                    .map(finding -> finding.code() + " " + finding.message())
                    .toList();
        }
    }

    private static String lab(String more, String check) {
        return """
                {"id": "x", "title": "X", "points": 10, "run": "dvc"%s,
                 "checks": [{"id": "c", "title": "C", "points": 10%s}]}
                """.formatted(more.isEmpty() ? "" : ", " + more, check.isEmpty() ? "" : ", " + check);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'opens': '2026-09-01'",
                "'environment': {'python': '3.11', 'packages': ['numpy==1.26.4']}",
                "'environment': {}",
                "'environment': {'allow': ['source-distributions'], 'preload': {'wheels': 'wheels', 'torch': 'a/b'}}",
                "'limits': {'time': '10m', 'memory': '2GiB', 'disk': '1.5GB', 'processes': 8, 'cpus': 0.5, 'output': '1MiB'}",
                "'inputs': {'data/raw.csv': 'raw.csv'}",
                "'prices': {'reported': 0.5, 'unreachable': 1}",
                "'not-applicable': 'set-aside'",
                "'not-applicable': 'no-points'",
            })
    void both_take_settings(String setting) throws IOException {
        String json = lab(setting.replace('\'', '"'), "\"lock-agrees\": true");

        assertThat(bySchema(json)).isEmpty();
        assertThat(byLoader(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'open': '2026-09-01'",
                "'opens': 'tomorrow'",
                "'environment': {'python': 3.11}",
                "'environment': {'python': '2.7'}",
                "'environment': {'packages': []}",
                "'environment': {'allow': ['anything']}",
                "'environment': {'preload': {'wheels': '../wheels'}}",
                "'environment': {'preload': {'weights': 'weights'}}",
                "'environment': ['numpy']",
                "'limits': {'time': 600}",
                "'limits': {'time': '0s'}",
                "'limits': {'memory': 'much'}",
                "'limits': {'processes': 2}",
                "'limits': {'processes': 12.5}",
                "'limits': {'cpus': 0}",
                "'limits': {'cpus': true}",
                "'limits': {'swap': '1GiB'}",
                "'inputs': {'../raw.csv': 'raw.csv'}",
                "'inputs': {'/raw.csv': 'raw.csv'}",
                "'inputs': {'raw.csv': 'C:raw.csv'}",
                "'inputs': {'raw.csv': 'a/../../raw.csv'}",
                "'inputs': {'.': 'raw.csv'}",
                "'inputs': {'a\\\\b': 'raw.csv'}",
                "'inputs': ['raw.csv']",
                "'prices': {'reported': 1}",
                "'prices': {'reported': -0.1}",
                "'prices': {'unreachable': 1.1}",
                "'not-applicable': 'drop'",
                "'not-applicable': true",
            })
    void both_refuse_settings(String setting) throws IOException {
        String json = lab(setting.replace('\'', '"'), "\"lock-agrees\": true");

        assertThat(bySchema(json)).isNotEmpty();
        assertThat(byLoader(json)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'dvc'",
                "'detect'",
                "'mlproject'",
                "{'dvc': {'targets': ['train']}}",
                "{'mlproject': {}}",
                "{'mlproject': {'entry': 'main', 'parameters': {'alpha': 0.4, 'name': 'x'}}}",
                "{'commands': ['python train.py']}",
            })
    void both_take_runs(String run) throws IOException {
        String json = lab("", "\"lock-agrees\": true").replace("\"dvc\"", run.replace('\'', '"'));

        assertThat(bySchema(json)).isEmpty();
        assertThat(byLoader(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'make'",
                "true",
                "['dvc']",
                "{}",
                "{'dvc': {}}",
                "{'dvc': {'target': ['train']}}",
                "{'mlproject': {'parameters': {'alpha': [1]}}}",
                "{'commands': []}",
                "{'commands': 'python train.py'}",
                "{'commands': ['a'], 'dvc': {'targets': ['b']}}",
            })
    void both_refuse_runs(String run) throws IOException {
        String json = lab("", "\"lock-agrees\": true").replace("\"dvc\"", run.replace('\'', '"'));

        assertThat(bySchema(json)).isNotEmpty();
        assertThat(byLoader(json)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'files-present': ['README*', 'src/train.py']",
                "'no-committed-environment': true",
                "'no-secrets': true",
                "'environment-installs': true",
                "'dvc-stages': {'names': ['a'], 'require': ['deps', 'outs', 'params', 'metrics']}",
                "'dvc-stages': {'min': 2}",
                "'reproduces': 'all'",
                "'reproduces': ['train']",
                "'lock-agrees': true, 'hint': 'Run dvc repro.'",
                "'lock-agrees': true, 'bonus': false",
                "'outputs-declared': true",
                "'metrics-agree': {'tolerance': 0}",
                "'data-under-dvc': 'all'",
                "'data-under-dvc': ['data/raw.csv']",
                "'second-run-does-nothing': true",
                "'mlflow-runs': {'min': 3}",
                "'runs-carry': {'params': ['a'], 'metrics': ['b'], 'min-params': 1, 'min-metrics': 2, 'model': true, 'min': 3}",
                "'runs-carry': {'model': true}",
                "'registered-model': {'name': 'x', 'min-versions': 2}",
                "'registered-model': {'min-versions': 1}",
                "'metric-at-least': {'file': 'metrics.json', 'metric': 'f1', 'tiers': {'0.9': 10, '0.8': 2.5}}",
                "'git-history': {'branches': 2, 'merges': 1, 'conflicts': 1, 'commits': 10, 'authors': 2}",
                "'git-history': {'merges': 1}",
                "'data-versions': {'tags': ['v1', 'v2'], 'path': 'data/raw.csv', 'differ': true, 'disjoint': 'rows'}",
                "'data-versions': {'tags': ['v1'], 'path': 'data', 'disjoint': 'files'}",
                "'experiments': {'min': 3, 'params': ['train.seed'], 'metrics': ['macro_f1']}",
                "'experiments': {'min': 3}",
                "'custom': 'tests/test_report.py'",
                "'custom': 'tests'",
                "'custom': {'file': 'tests/test_report.py'}",
                "'custom': {'file': 'tests', 'items': {'test_title': 7.5, 'test_report.py::test_end': 2.5}}",
            })
    void both_take_checks(String check) throws IOException {
        String json = lab("", check.replace('\'', '"'));

        assertThat(bySchema(json)).isEmpty();
        assertThat(byLoader(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'reproduce': 'all'",
                "'reproduces': 'some'",
                "'reproduces': []",
                "'reproduces': true",
                "'reproduces': 'all', 'lock-agrees': true",
                "'lock-agrees': false",
                "'lock-agrees': 'true'",
                "'lock-agrees': {}",
                "'lock-agrees': true, 'hint': ''",
                "'lock-agrees': true, 'hint': 5",
                "'lock-agrees': true, 'bonus': 'yes'",
                "'files-present': 'README.md'",
                "'files-present': ['../README.md']",
                "'files-present': ['a/..']",
                "'files-present': [5]",
                "'dvc-stages': {}",
                "'dvc-stages': {'require': ['deps']}",
                "'dvc-stages': {'min': 0}",
                "'dvc-stages': {'min': 1, 'require': ['dep']}",
                "'metrics-agree': {}",
                "'metrics-agree': {'tolerance': -1}",
                "'metrics-agree': 0.1",
                "'data-under-dvc': ['/data']",
                "'mlflow-runs': 3",
                "'mlflow-runs': {'min': 1001}",
                "'runs-carry': {}",
                "'runs-carry': {'min': 3}",
                "'runs-carry': {'model': 1}",
                "'registered-model': {'name': 'x'}",
                "'registered-model': {'name': '', 'min-versions': 1}",
                "'metric-at-least': {'metric': 'f1'}",
                "'metric-at-least': {'metric': 'f1', 'tiers': {}}",
                "'metric-at-least': {'metric': 'f1', 'tiers': {'good': 10}}",
                "'metric-at-least': {'metric': 'f1', 'tiers': {'0.9': 'all'}}",
                "'git-history': true",
                "'git-history': {}",
                "'git-history': {'branches': 0}",
                "'git-history': {'branches': 101}",
                "'git-history': {'tags': 3}",
                "'data-versions': {'tags': ['v1', 'v2']}",
                "'data-versions': {'tags': ['v1', 'v1'], 'path': 'a'}",
                "'data-versions': {'tags': [], 'path': 'a'}",
                "'data-versions': {'tags': ['v1'], 'path': '../a'}",
                "'data-versions': {'tags': ['v1'], 'path': 'a', 'disjoint': 'columns'}",
                "'data-versions': {'tags': ['v1'], 'path': 'a', 'differ': 'yes'}",
                "'experiments': {}",
                "'experiments': {'min': 0}",
                "'experiments': {'min': 3, 'params': 'train.seed'}",
                "'custom': true",
                "'custom': ''",
                "'custom': '../tests'",
                "'custom': ['tests/test_report.py']",
                "'custom': {}",
                "'custom': {'items': {'test_title': 10}}",
                "'custom': {'file': 'tests/test_report.py', 'points': 10}",
                "'custom': {'file': 'tests/test_report.py', 'items': {}}",
                "'custom': {'file': 'tests/test_report.py', 'items': ['test_title']}",
                "'custom': {'file': 'tests/test_report.py', 'items': {'test title': 10}}",
                "'custom': {'file': 'tests/test_report.py', 'items': {'test_title': 0, 'test_end': 10}}",
            })
    void both_refuse_checks(String check) throws IOException {
        String json = lab("", check.replace('\'', '"'));

        assertThat(bySchema(json)).isNotEmpty();
        assertThat(byLoader(json)).isNotEmpty();
    }

    private static final String ITEM = "{'id': 'i', 'title': 'I', 'points': 4}";

    private static String form(String keys) {
        return ("{'id': 'x', 'title': 'X', 'points': 4, 'form': " + keys + "}").replace('\'', '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'blocks': [{'title': 'B', 'items': [ITEM]}]}",
                "{'graders': 2, 'combine': 'median', 'blocks': [{'title': 'B', 'personal': true, 'items': [ITEM]}]}",
                "{'combine': 'average', 'blocks': [{'title': 'B', 'items': [ITEM]}]}",
                "{'combine': 'chief', 'blocks': [{'title': 'B', 'items': [ITEM]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'id': 'i', 'title': 'I', 'points': 4, 'step': 0.5}]}]}",
                "{'blocks': [{'title': 'B', 'items': [ITEM, {'id': '2nd-x', 'title': 'I', 'points': 1, 'bonus': true}]}]}",
            })
    void both_take_forms_which_need_neither_checks_nor_run(String form) throws IOException {
        String json = form(form.replace("ITEM", ITEM));

        assertThat(bySchema(json)).isEmpty();
        assertThat(byLoader(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "true",
                "{'blocks': []}",
                "{'blocks': {'title': 'B', 'items': [ITEM]}}",
                "{'blocks': [{'items': [ITEM]}]}",
                "{'blocks': [{'title': 'B'}]}",
                "{'blocks': [{'title': 'B', 'items': []}]}",
                "{'blocks': [{'title': 'B', 'personal': 'yes', 'items': [ITEM]}]}",
                "{'graders': 0, 'blocks': [{'title': 'B', 'items': [ITEM]}]}",
                "{'graders': 21, 'blocks': [{'title': 'B', 'items': [ITEM]}]}",
                "{'combine': 'best', 'blocks': [{'title': 'B', 'items': [ITEM]}]}",
                "{'grader': 1, 'blocks': [{'title': 'B', 'items': [ITEM]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'title': 'I', 'points': 4}]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'id': 'i', 'points': 4}]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'id': 'i', 'title': 'I'}]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'id': 'I', 'title': 'I', 'points': 4}]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'id': 'i', 'title': 'I', 'points': 0}]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'id': 'i', 'title': 'I', 'points': 4, 'step': 0}]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'id': 'i', 'title': 'I', 'points': 4, 'bonus': 1}]}]}",
                "{'blocks': [{'title': 'B', 'items': [{'id': 'i', 'title': 'I', 'points': 4, 'steps': 1}]}]}",
            })
    void both_refuse_forms(String form) throws IOException {
        String json = form(form.replace("ITEM", ITEM));

        assertThat(bySchema(json)).isNotEmpty();
        assertThat(byLoader(json)).isNotEmpty();
    }

    @Test
    void both_take_a_form_beside_checks_and_want_a_run_for_those() throws IOException {
        String form = ", \"form\": {\"blocks\": [{\"title\": \"B\", \"items\": [" + ITEM.replace('\'', '"') + "]}]}}";
        String json = lab("", "\"lock-agrees\": true")
                .strip()
                .replaceFirst("}$", form)
                .replaceFirst("\"points\": 10", "\"points\": 14");

        assertThat(bySchema(json)).isEmpty();
        assertThat(byLoader(json)).isEmpty();
        assertThat(bySchema(json.replace("\"run\": \"dvc\",", ""))).isNotEmpty();
        assertThat(byLoader(json.replace("\"run\": \"dvc\",", ""))).isNotEmpty();
    }

    @Test
    void a_form_with_a_mistake_is_not_taken_for_a_missing_one() throws IOException {
        assertThat(byLoader(form("{'blocks': 5}"))).containsExactly("lab.type 'blocks' is '5' (a number).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "title", "points", "run", "checks"})
    void both_refuse_a_lab_without(String key) throws IOException {
        String json = lab("", "\"lock-agrees\": true").replaceFirst("\"" + key + "\"", "\"not-" + key + "\"");

        assertThat(bySchema(json)).isNotEmpty();
        assertThat(byLoader(json)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10.005", "\"10\"", "1e400", "true", "20000"})
    void both_refuse_points_of(String points) throws IOException {
        String json = lab("", "\"lock-agrees\": true").replace("\"points\": 10", "\"points\": " + points);

        assertThat(bySchema(json)).isNotEmpty();
        assertThat(byLoader(json)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Big", "-a", "a b"})
    void both_refuse_the_id(String id) throws IOException {
        String json = lab("", "\"lock-agrees\": true").replace("\"id\": \"x\"", "\"id\": \"" + id + "\"");

        assertThat(bySchema(json)).isNotEmpty();
        assertThat(byLoader(json)).isNotEmpty();
    }

    @Test
    void both_know_every_check_of_the_domain_by_the_same_name() {
        List<String> inDomain = Arrays.stream(CheckSpec.class.getPermittedSubclasses())
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .flatMap(check -> check.isSealed() ? Arrays.stream(check.getPermittedSubclasses()) : Stream.of(check))
                .map(check ->
                        check.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
                .toList();
        JsonNode check = SCHEMA.at("/$defs/check");

        assertThat(CheckArguments.NAMES).containsExactlyInAnyOrderElementsOf(inDomain);
        assertThat(check.get("properties").propertyNames())
                .containsAll(inDomain)
                .hasSize(inDomain.size() + Rubric.KEYS.size());
        assertThat(check.get("oneOf")
                        .valueStream()
                        .map(one -> one.at("/required/0").asString()))
                .containsExactlyElementsOf(CheckArguments.NAMES);
    }

    @Test
    void both_know_the_same_keys_of_a_lab() {
        assertThat(SCHEMA.get("properties").propertyNames()).containsExactlyElementsOf(LabLoader.KEYS);
    }
}
