package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema of course.yaml and the loader take and refuse the same files, apart from what a schema cannot say. */
class CourseSchemaTests {
    private static final String VIVA = "{'id': 'viva', 'title': 'Viva', 'points': 8}";
    private static final String FORM =
            "{'blocks': [{'title': 'B', 'items': [{'id': 'i', 'title': 'I', 'points': 4}]}]}";
    private static final JsonNode SCHEMA = schema("course.schema.json");

    @TempDir
    Path folder;

    private static JsonNode schema(String name) {
        try (InputStream in = Objects.requireNonNull(CourseLoader.class.getResourceAsStream(name))) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Error> bySchema(String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA)
                .validate(json, InputFormat.JSON);
    }

    private List<String> byLoader(String json) throws IOException {
        Path file = folder.resolve("course.yaml");
        Files.writeString(file, json);
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(
                folder.resolve("own/lab.yaml"),
                "{id: own, title: Own, points: 5, run: dvc, checks: [{id: c, title: C, points: 5, lock-agrees: true}]}");
        try {
            CourseLoader.load(file, name -> Optional.empty());
            return List.of();
        } catch (InvalidCourse e) {
            return e.findings().stream()
                    .map(finding -> finding.code() + " " + finding.message())
                    .toList();
        }
    }

    private void bothTake(String json) throws IOException {
        assertThat(bySchema(json)).as(json).isEmpty();
        assertThat(byLoader(json)).as(json).isEmpty();
    }

    private void bothRefuse(String json) throws IOException {
        assertThat(bySchema(json)).as(json).isNotEmpty();
        assertThat(byLoader(json)).as(json).isNotEmpty();
    }

    private static String course(String more, String component, String lab) {
        return ("{'id': 'mlops', 'title': 'MLOps', 'time-zone': 'Asia/Kolkata'" + more
                        + ", 'components': {'all': {'title': 'All', 'weight': 100" + component + ", 'labs': [" + lab
                        + "]}}}")
                .replace('\'', '"');
    }

    private static String after(String keys) {
        return keys.isEmpty() ? "" : ", " + keys;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'pass-mark': 40",
                "'pass-mark': 0.5",
                "'rounding': {}",
                "'rounding': {'of': 'components', 'places': 0, 'mode': 'half-even'}",
                "'rounding': {'of': 'total', 'places': 4, 'mode': 'down'}",
                "'letters': {'S': 90, 'A minus': 80.5, 'U': 0}",
                "'letters': {}",
                "'ranks': true",
                "'late': 'refused'",
                "'late': 'accepted'",
                "'late': {'per-day': 10}",
                "'late': {'grace': '15m', 'per-day': 2.5, 'most': 50, 'closes': '7d'}",
                "'late': {'closes': '12h'}",
                "'late': {'bank': true}, 'late-days': 5",
                "'late': {'bank': true, 'per-day': 10}, 'late-days': 366",
                "'late': {'bank': false, 'per-day': 10}",
                "'late-days': 0",
                "'attempts': {}",
                "'attempts': {'most': 3, 'cool-down': '1h', 'counts': 'last-in-time'}",
                "'attempts': {'counts': 'last'}",
                "'attempts': {'counts': 'best'}",
            })
    void both_take_rules_of_the_course(String rules) throws IOException {
        bothTake(course(after(rules), "", VIVA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'passmark': 40",
                "'pass-mark': 101",
                "'pass-mark': -1",
                "'pass-mark': '40'",
                "'rounding': 2",
                "'rounding': {'of': 'labs'}",
                "'rounding': {'places': 5}",
                "'rounding': {'places': 0.5}",
                "'rounding': {'mode': 'nearest'}",
                "'rounding': {'where': 'total'}",
                "'letters': ['A', 'B']",
                "'letters': {'A': 'high'}",
                "'letters': {'A': 201}",
                "'letters': {' ': 50}",
                "'letters': {'A\\u202e': 50}",
                "'letters': {'the best of all the letters': 50}",
                "'ranks': 'yes'",
                "'late': true",
                "'late': 'free'",
                "'late': {}",
                "'late': {'grace': '15m'}",
                "'late': {'bank': false}",
                "'late': {'most': 50, 'closes': '1d'}",
                "'late': {'per-day': 101}",
                "'late': {'per-day': 10, 'grace': 15}",
                "'late': {'per-day': 10, 'grace': '0m'}",
                "'late': {'per-day': 10, 'closes': '1w'}",
                "'late': {'per-day': 10, 'bank': 'yes'}",
                "'late': {'per-hour': 1}",
                "'late-days': -1",
                "'late-days': 367",
                "'late-days': '5'",
                "'attempts': 3",
                "'attempts': {'most': 0}",
                "'attempts': {'cool-down': '1'}",
                "'attempts': {'counts': 'first'}",
                "'attempts': {'max': 3}",
            })
    void both_refuse_rules_of_the_course(String rules) throws IOException {
        bothRefuse(course(after(rules), "", VIVA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'best': 1, 'offered': 1",
                "'best': 8",
                "'best': 8, 'offered': 10",
                "'scale': 'points', 'bonus': 'above'",
                "'scale': 'equal', 'bonus': 'component'",
                "'bonus': 'lab'",
            })
    void both_take_components(String keys) throws IOException {
        bothTake(course("", after(keys), VIVA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'best': 0",
                "'best': 'all'",
                "'offered': 0",
                "'scale': 'weights'",
                "'bonus': 'none'",
                "'count': 8",
            })
    void both_refuse_components(String keys) throws IOException {
        bothRefuse(course("", after(keys), VIVA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "\"100\"", "true"})
    void both_refuse_a_weight_of(String weight) throws IOException {
        bothRefuse(course("", "", VIVA).replace("\"weight\": 100", "\"weight\": " + weight));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                VIVA,
                "{'id': 'viva', 'title': 'Viva', 'form': " + FORM + "}",
                "{'lab': 'own'}",
                "{'lab': './own', 'id': 'a1', 'title': 'A1'}",
                "{'lab': 'own', 'opens': '2026-09-01', 'due': '2026-09-11', 'release': '2026-09-20 12:00'}",
                "{'lab': 'own', 'due': '2026-09-11 23:59'}",
                "{'lab': 'own', 'due': '2026-09-11T23:59:30'}",
                "{'lab': 'own', 'late': {'per-day': 10}, 'attempts': {'most': 2}, 'team': true}",
                "{'lab': 'own', 'late': 'accepted', 'cancelled': 'the server was down'}",
            })
    void both_take_labs(String lab) throws IOException {
        bothTake(course("", "", lab));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'own'",
                "{}",
                "{'id': 'viva', 'title': 'Viva'}",
                "{'title': 'Viva', 'points': 8}",
                "{'id': 'viva', 'points': 8}",
                "{'id': 'Viva', 'title': 'Viva', 'points': 8}",
                "{'id': 'viva', 'title': ' ', 'points': 8}",
                "{'id': 'viva', 'title': 'Viva', 'points': 0}",
                "{'id': 'viva', 'title': 'Viva', 'points': 8.005}",
                "{'id': 'viva', 'title': 'Viva', 'points': 8, 'form': " + FORM + "}",
                "{'id': 'viva', 'title': 'Viva', 'form': {}}",
                "{'lab': 'own', 'points': 5}",
                "{'lab': 'own', 'form': " + FORM + "}",
                "{'lab': 5}",
                "{'lab': 'own', 'due': 'tomorrow'}",
                "{'lab': 'own', 'due': '0206-09-11'}",
                "{'lab': 'own', 'due': '2026-09-11 25'}",
                "{'lab': 'own', 'due': '+999999999-09-11T10:00:00'}",
                "{'lab': 'own', 'due': '2026-09-11 23:59:59.999'}",
                "{'lab': 'own', 'due': 20260911}",
                "{'lab': 'own', 'deadline': '2026-09-11'}",
                "{'lab': 'own', 'late': {}}",
                "{'lab': 'own', 'attempts': {'most': 0}}",
                "{'lab': 'own', 'team': 'yes'}",
                "{'lab': 'own', 'cancelled': true}",
                "{'lab': 'own', 'cancelled': ''}",
                "{'lab': 'own', 'cancelled': 'a\\nb'}",
                "{'lab': 'own', 'title': 'a\\u001b[31m'}",
            })
    void both_refuse_labs(String lab) throws IOException {
        bothRefuse(course("", "", lab));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id         | ids
            title      | name
            time-zone  | zone
            components | parts
            weight     | weights
            labs       | lab
            """)
    void both_refuse_a_course_without(String key, String other) throws IOException {
        bothRefuse(course("", "", VIVA).replaceFirst("\"" + key + "\"", "\"" + other + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a': 'b'}",
                "{'Assignments': {'title': 'All', 'weight': 100, 'labs': [{'id': 'v', 'title': 'V', 'points': 8}]}}",
                "{}",
                "[]"
            })
    void both_refuse_the_components(String components) throws IOException {
        bothRefuse(("{'id': 'mlops', 'title': 'MLOps', 'time-zone': 'UTC', 'components': " + components + "}")
                .replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MLOps", "-a", "a b"})
    void both_refuse_the_id(String id) throws IOException {
        bothRefuse(course("", "", VIVA).replaceFirst("\"id\": \"mlops\"", "\"id\": \"" + id + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a\\u0000", "a\\u001b[31mb", "\\u202eevil", "a\\u2028b", "\\u2066a", "\\u0085"})
    void both_refuse_titles_with_what_cannot_be_seen(String title) throws IOException {
        bothRefuse(course("", "", VIVA).replaceFirst("\"MLOps\"", Matcher.quoteReplacement("\"" + title + "\"")));
        bothRefuse(course("", "", VIVA).replaceFirst("\"All\"", Matcher.quoteReplacement("\"" + title + "\"")));
        bothRefuse(course("", "", VIVA).replaceFirst("\"Viva\"", Matcher.quoteReplacement("\"" + title + "\"")));
    }

    @Test
    void both_take_titles_in_scripts_that_join_letters() throws IOException {
        bothTake(course("", "", VIVA).replaceFirst("\"MLOps\"", "\"क्\u200dष एमएलऑप्स 😀\""));
    }

    @Test
    void both_refuse_a_title_that_no_table_holds() throws IOException {
        bothTake(course("", "", VIVA).replaceFirst("\"MLOps\"", "\"" + "😀".repeat(200) + "\""));
        bothRefuse(course("", "", VIVA).replaceFirst("\"Viva\"", "\"" + "x".repeat(201) + "\""));
        bothTake(course("", "", VIVA).replaceFirst("\"MLOps\"", "\"" + "x".repeat(200) + "\""));
        bothRefuse(course("", "", VIVA).replaceFirst("\"MLOps\"", "\"" + "x".repeat(201) + "\""));
    }

    @Test
    void both_know_the_same_keys() {
        assertThat(SCHEMA.get("properties").propertyNames()).containsExactlyElementsOf(CourseLoader.KEYS);
        assertThat(SCHEMA.at("/properties/components/additionalProperties/properties")
                        .propertyNames())
                .containsExactlyElementsOf(CourseLoader.COMPONENT_KEYS);
        assertThat(SCHEMA.at("/$defs/lab/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(CourseLabArguments.KEYS);
        assertThat(SCHEMA.at("/$defs/late/oneOf/1/properties").propertyNames())
                .containsExactlyElementsOf(PolicyArguments.LATE_KEYS);
        assertThat(SCHEMA.at("/$defs/attempts/properties").propertyNames())
                .containsExactlyElementsOf(PolicyArguments.ATTEMPT_KEYS);
        assertThat(SCHEMA.at("/properties/rounding/properties").propertyNames())
                .containsExactlyElementsOf(PolicyArguments.ROUNDING_KEYS);
    }

    @Test
    void a_form_is_the_same_in_a_lab_and_in_a_course() {
        JsonNode form = SCHEMA.at("/$defs/form");

        assertThat(form).isEqualTo(schema("lab.schema.json").at("/properties/form"));
        assertThat(form.get("properties").propertyNames()).containsExactlyElementsOf(FormArguments.KEYS);
        assertThat(form.at("/properties/blocks/items/properties").propertyNames())
                .containsExactlyElementsOf(FormArguments.BLOCK_KEYS);
        assertThat(form.at("/properties/blocks/items/properties/items/items/properties")
                        .propertyNames())
                .containsExactlyElementsOf(FormArguments.ITEM_KEYS);
    }

    @Test
    void every_key_is_described() {
        assertThat(undescribed(SCHEMA)).isEmpty();
    }

    private static List<String> undescribed(JsonNode schema) {
        List<String> found = new java.util.ArrayList<>();
        schema.path("properties").properties().forEach(entry -> {
            JsonNode key = entry.getValue();
            boolean constant = key.has("const");
            String named = key.path("$ref").asString("").replace("#", "");
            boolean described = key.has("description")
                    || (!named.isEmpty() && SCHEMA.at(named).has("description"));
            if (!constant && !described && !key.has("items")) {
                found.add(entry.getKey());
            }
        });
        schema.forEach(part -> found.addAll(undescribed(part)));
        return found;
    }
}
