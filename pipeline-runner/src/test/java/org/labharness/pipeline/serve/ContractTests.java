package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.pipeline.evidence.PredictionFacts;

class ContractTests {
    private static final String SCHEMA = """
            {"type": "object", "required": ["kind"], "additionalProperties": false,
             "properties": {"kind": {"enum": ["a", "b"]}, "sure": {"type": "number", "maximum": 1}}}
            """;
    private static final String OPENAPI = """
            {"openapi": "3.1.0",
             "paths": {"/predict": {"post": {"responses": {
                "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}},
                "422": {"content": {"application/json": {"schema": {"type": "string"}}}}}}}},
             "components": {"schemas": {
                "Answer": {"type": "object", "required": ["kind", "next"], "title": "Answer", "properties": {
                    "kind": {"type": "string", "pattern": "^(a+)+$", "format": "regex"},
                    "sure": {"anyOf": [{"type": "number"}, {"type": "null"}]},
                    "next": {"type": "string", "nullable": true},
                    "more": {"$ref": "#/components/schemas/Answer"}}}}}}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '~', textBlock = """
            {"kind": "a"}                     | none
            {"kind": "b", "sure": 0.5}        | none
            {}                                | the answer has no 'kind'
            {"kind": "c"}                     | 'kind' is against 'enum': ["a","b"]
            {"kind": "a", "sure": "very"}     | 'sure' is not of the type "number"
            {"kind": "a", "sure": 2}          | 'sure' is against 'maximum': 1
            [1]                               | the answer is not of the type "object"
            """)
    void whatDoesNotFitIsSaidInTheWordsOfTheForm(String answer, String problem) throws Exception {
        assertThat(Contract.of(SCHEMA).problem(answer)).isEqualTo(problem == null ? "" : problem);
    }

    /** Whoever gives an answer has seen a row, and the sentence is for everybody. */
    @Test
    void nothingOfAnAnswerIsSaid() throws Exception {
        assertThat(Contract.of(SCHEMA).problem("{\"kind\": \"a\", \"row 17.25\": 17.25}"))
                .isEqualTo("the answer has a member that the form does not know");
        assertThat(Contract.of("{\"propertyNames\": {\"maxLength\": 3}}").problem("{\"17.25\": 1}"))
                .doesNotContain("17.25");
    }

    /** A form and an answer, small each, can be endless work together. */
    @Test
    void noAnswerIsComparedThatWouldTakeTooLong() throws Exception {
        String many = "{\"items\": {\"anyOf\": [" + "{\"type\": \"string\"},".repeat(3_900) + "true]}}";

        assertThat(Contract.of(many).problem("[" + "0,".repeat(20_000) + "0]"))
                .isEqualTo("the answer is too large to be compared with the form");
        assertThat(Contract.of(many).problem("[0, 1]")).isEmpty();
    }

    @Test
    void noDescriptionIsUsedThatIsEndlessWhenItIsWrittenOut() {
        String letters = "\"" + "x".repeat(100_000) + "\"";
        String openapi =
                "{\"openapi\": \"3.1.0\", \"paths\": {\"/predict\": {\"post\": {\"responses\": {\"200\": {\"content\":"
                        + " {\"application/json\": {\"schema\": {\"anyOf\": ["
                        + "{\"$ref\": \"#/one\"},".repeat(9) + "true]}}}}}}}}, \"one\": {\"const\": " + letters + "}}";

        assertThatThrownBy(() -> PlainSchema.ofAnswer(openapi, "/predict"))
                .isInstanceOf(UnusableSchema.class)
                .hasMessageContaining("is longer than");
    }

    @Test
    void numbersWithoutEndAgreeWithNothing() {
        assertThat(PredictionFacts.agree("1e999999999", "NaN", BigDecimal.ONE)).isFalse();
        assertThat(PredictionFacts.agree("1e999999999", "2", BigDecimal.ONE)).isFalse();
        assertThat(PredictionFacts.agree("1e99999999", "0e-99999999", BigDecimal.ONE))
                .isFalse();
        assertThat(PredictionFacts.agree("2.00001", "2", new BigDecimal("0.0001")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '~', textBlock = """
            {"kind": "a", "next": null}                                       | none
            {"kind": "a", "next": "b", "sure": null}                          | none
            {"kind": "a", "next": "b", "more": {"kind": "a", "next": null}}   | none
            {"kind": "a", "next": "b", "more": {"kind": 1, "next": null}}     | 'kind' is not of the type "string"
            {"kind": "a"}                                                     | the answer has no 'next'
            """)
    void theServicesOwnDescriptionIsUsed(String answer, String problem) throws Exception {
        Contract contract = Contract.of(PlainSchema.ofAnswer(OPENAPI, "/predict"));

        assertThat(contract.problem(answer)).isEqualTo(problem == null ? "" : problem);
    }

    @Test
    void patternsOfAServiceAreNotTried() throws Exception {
        assertThat(PlainSchema.ofAnswer(OPENAPI, "/predict"))
                .doesNotContain("pattern")
                .doesNotContain("format");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html>                                                             | it is no JSON
            {"paths": {}}                                                      | it does not say which version of OpenAPI it is
            {"openapi": "3.1.0", "paths": {"/other": {"post": {}}}}            | it does not describe POST /predict
            {"openapi": "3.1.0", "paths": {"/predict": {"get": {}}}}           | it does not describe POST /predict
            {"openapi": "3.1.0", "paths": {"/predict": {"post": {}}}}          | it describes no answer of POST /predict
            {"openapi": "3.1.0", "paths": {"/predict": {"post": {"responses": {"200": {}}}}}} | it describes no JSON as the answer of POST /predict
            {"openapi": "3.1.0", "paths": {"/predict": {"post": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "http://x/y"}}}}}}}}} | it refers to another document
            {"openapi": "3.1.0", "paths": {"/predict": {"post": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/nowhere"}}}}}}}}} | it refers to something that it does not hold
            """)
    void aDescriptionThatSaysNothingIsTold(String document, String problem) {
        assertThatThrownBy(() -> PlainSchema.ofAnswer(document, "/predict"))
                .isInstanceOf(UnusableSchema.class)
                .hasMessage(problem);
    }

    @Test
    void circlesAndTreesWithoutEndAreCutOff() throws Exception {
        String circle = """
                {"openapi": "3.1.0", "paths": {"/predict": {"post": {"responses": {"200": {"content": {"application/json":
                 {"schema": {"$ref": "#/s"}}}}}}}}, "s": {"anyOf": [{"$ref": "#/s"}, {"$ref": "#/s"}, {"$ref": "#/s"}]}}
                """;

        String schema = PlainSchema.ofAnswer(circle, "/predict");

        assertThat(schema.length()).isLessThan(200_000);
        assertThat(Contract.of(schema).problem("{}")).isEmpty();
    }

    @Test
    void aSchemaThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Contract.of("{\"type\": ")).isInstanceOf(UnusableSchema.class);
    }
}
