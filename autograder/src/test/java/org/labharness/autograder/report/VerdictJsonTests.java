package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.HostileEvidence;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.sample.WayOfGoingWrong;

class VerdictJsonTests {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNode SCHEMA = schema();
    private static final Schema VALIDATOR = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA.toString());

    @ParameterizedTest
    @EnumSource
    void everyGradedOutcomeIsValidByThePublishedSchema(WayOfGoingWrong way) throws IOException {
        conforms(SampleOutcomes.graded(way));
    }

    @Test
    void refusalsAndBreakdownsAreValidByThePublishedSchema() throws IOException {
        conforms(SampleOutcomes.refused());
        conforms(SampleOutcomes.broken());
    }

    @Test
    void pointsThatPeopleGiveAreValidByThePublishedSchema() throws IOException {
        Outcome.Graded outcome = PeopleWordsTests.outcome();

        conforms(outcome);
        JsonNode verdict = MAPPER.readTree(VerdictJson.write(outcome));
        assertThat(verdict.at("/people/points").asText()).isEqualTo("17.5");
        assertThat(verdict.at("/of").asText()).isEqualTo("150");
        Golden.check(
                "report/people.json", verdict.get("people").toPrettyString().replace(" : ", ": ") + "\n");
    }

    @Test
    void hostileNamesAndNumbersAreValidByThePublishedSchema() throws IOException {
        conforms(HostileEvidence.outcome());
    }

    @Test
    void noLetterIsInItThatATerminalObeysAndNobodySees() throws IOException {
        String json = VerdictJson.write(HostileEvidence.outcome());

        assertThat(json.codePoints()
                        .filter(letter -> (letter != '\n' && Character.isISOControl(letter))
                                || Character.getType(letter) == Character.FORMAT))
                .isEmpty();
        assertThat(MAPPER.readTree(json).toString()).contains("red\u202Etxt.exe");
    }

    @Test
    void theSchemaRefusesWhatIsNoVerdict() {
        String json = VerdictJson.write(SampleOutcomes.refused());

        assertThat(VALIDATOR.validate(json.replace("\"refused\"", "\"graded\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(VALIDATOR.validate(json.replace("\"received\"", "\"got\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theFieldsAreTheOnesThatOthersRelyOn() {
        Golden.check(
                "report/graded.json", VerdictJson.write(SampleOutcomes.graded(WayOfGoingWrong.STAGE_EXITS_NON_ZERO)));
        Golden.check("report/refused.json", VerdictJson.write(SampleOutcomes.refused()));
        Golden.check("report/broken.json", VerdictJson.write(SampleOutcomes.broken()));
    }

    private static void conforms(Outcome outcome) throws IOException {
        String json = VerdictJson.write(outcome);

        assertThat(VALIDATOR.validate(json, InputFormat.JSON)).isEmpty();
        List<String> unknown = new ArrayList<>();
        describe(MAPPER.readTree(json), SCHEMA, "", unknown);
        assertThat(unknown).as("fields that the schema does not describe").isEmpty();
    }

    private static void describe(JsonNode value, JsonNode schema, String path, List<String> unknown) {
        if (value.isObject()) {
            value.properties().forEach(field -> {
                JsonNode described = schema.path("properties").path(field.getKey());
                JsonNode rule = described.isMissingNode() ? schema.path("additionalProperties") : described;
                if (rule.isMissingNode()) {
                    unknown.add(path + "/" + field.getKey());
                }
                describe(field.getValue(), rule, path + "/" + field.getKey(), unknown);
            });
        } else if (value.isArray()) {
            value.forEach(item -> describe(item, schema.path("items"), path + "[]", unknown));
        }
    }

    private static JsonNode schema() {
        try (InputStream in = VerdictJson.class.getResourceAsStream("verdict.schema.json")) {
            return MAPPER.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
