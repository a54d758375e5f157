package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    /** Python writes NaN where other readers of JSON stop. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\": \"a\", \"sure\": NaN}", "{\"kind\": \"a\", \"sure\": -Infinity}", "NaN"})
    void whatJsonHasNoNumberForDoesNotFit(String answer) throws Exception {
        assertThat(Contract.of(SCHEMA).problem(answer))
                .isEqualTo("the answer holds NaN or Infinity, of which JSON has no number");
    }

    @Test
    void aFormThatForbidsNothingIsKnown() throws Exception {
        assertThat(Contract.of(PlainSchema.ofAnswer(form("{\"title\": \"Answer\"}"), "/predict"))
                        .takesAnything())
                .isTrue();
        assertThat(Contract.of("{\"type\": \"object\"}").takesAnything()).isFalse();
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

        assertThat(Contract.of(many).isTooLarge("[" + "0,".repeat(20_000) + "0]"))
                .isTrue();
        assertThat(Contract.of(many).isTooLarge("[0, 1]")).isFalse();
        assertThat(Contract.of(many).isTooLarge("[\"" + ",{[".repeat(20_000) + "\"]"))
                .isFalse();
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

    /** The answers of one path, with all else that a document needs. */
    private static String described(String path, String response, String others) {
        return "{\"openapi\": \"3.0.2\", \"paths\": {\"" + path + "\": {\"post\": {\"responses\": " + response + "}}}, "
                + others + "}";
    }

    private static String form(String schema) {
        return described(
                "/predict",
                "{\"200\": {\"content\": {\"application/json\": {\"schema\": " + schema + "}}}}",
                "\"components\": {\"schemas\": {\"Kind\": {\"type\": \"string\", \"pattern\": \"^[ab]$\"}}}");
    }

    /** What is left out of a form for safety must not turn into something that an honest answer is against. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"oneOf": [{"type": "string", "pattern": "^a"}, {"type": "string", "pattern": "^b"}]}          | "b"
            {"oneOf": [{"$ref": "#/components/schemas/Kind"}, {"type": "string", "minLength": 2}]}         | "ab"
            {"not": {"pattern": "^c"}}                                                                     | "b"
            {"not": {"properties": {"kind": {"pattern": "^c"}}, "required": ["kind"]}}                     | {"kind": "b"}
            {"not": {"multipleOf": 2, "type": "number"}}                                                   | 3
            {"not": {"if": {"type": "string"}, "then": {"minLength": 3}}}                                  | "ab"
            {"patternProperties": {"^k": {}}, "additionalProperties": false}                               | {"kind": "a"}
            {"type": "array", "prefixItems": [{"type": "string"}], "items": false}                         | ["a"]
            {"type": "object", "properties": {"kind": {"type": "string"}, "note": {"type": "string"}}, "required": ["kind"]} | {"kind": "a", "note": null}
            {"type": "object", "properties": {"note": {"$ref": "#/components/schemas/Kind"}}}              | {"note": null}
            {"nullable": true, "$ref": "#/components/schemas/Kind"}                                        | null
            {"nullable": true, "type": "string", "enum": ["a"]}                                            | null
            {"type": "object", "required": true, "minProperties": "1"}                                     | {"kind": "a"}
            {"type": "number", "minimum": 0, "exclusiveMinimum": true}                                     | 0.5
            {"type": "any"}                                                                                | 0.5
            {"type": "integer"}                                                                            | 1.0
            """)
    void anHonestAnswerFits(String schema, String answer) throws Exception {
        assertThat(Contract.of(PlainSchema.ofAnswer(form(schema), "/predict")).problem(answer))
                .isEmpty();
    }

    /** All of its words are there, so it means what it says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"oneOf": [{"type": "string", "title": "Kind"}, {"type": "number", "x-order": 2}]}             | true
            {"oneOf": [{"type": "string"}, {"minLength": 1}]}                                              | "ab"
            {"not": {"type": "string", "description": "no text"}}                                          | "ab"
            {"type": "object", "properties": {"kind": {"type": "string"}}, "required": ["kind"]}           | {"kind": null}
            {"type": "object", "additionalProperties": {"type": "number"}}                                 | {"kind": "a"}
            """)
    void anotherAnswerDoesNot(String schema, String answer) throws Exception {
        assertThat(Contract.of(PlainSchema.ofAnswer(form(schema), "/predict")).problem(answer))
                .isNotEmpty();
    }

    @Test
    void whatNobodyLooksAtAnyMoreForbidsNothing() throws Exception {
        String many = "{\"not\": {\"anyOf\": [" + "{\"type\": \"string\"},".repeat(5_000) + "false]}}";

        assertThat(Contract.of(PlainSchema.ofAnswer(form(many), "/predict")).problem("1"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /predict            | {"200": {"$ref": "#/components/responses/Fine"}}                                          | /predict
            /predict            | {"2XX": {"$ref": "#/components/responses/Fine"}}                                          | /predict
            /predict            | {"default": {"$ref": "#/components/responses/Fine"}}                                      | /predict?verbose=1
            /predict/           | {"200": {"$ref": "#/components/responses/Fine"}}                                          | /predict
            /predict            | {"200": {"$ref": "#/components/responses/Fine"}}                                          | /api/v1/predict
            /models/{name}/ask  | {"200": {"$ref": "#/components/responses/Fine"}}                                          | /models/sorter/ask
            /predict            | {"200": {"content": {"application/hal+json": {"schema": {"type": "string"}}}}}            | /predict
            /predict            | {"200": {"content": {"text/html": {"schema": {}}, "*/*": {"schema": {"type": "string"}}}}} | /predict
            /predict            | {"200": {"schema": {"type": "string"}}}                                                   | /predict
            /predict            | {"200": {"schema": {"type": "string"}}, "201": {"description": "none"}}                   | /predict
            """)
    void theFormIsFoundWhereverItMayStand(String described, String response, String asked) throws Exception {
        String document = described(
                described,
                response,
                "\"servers\": [{\"url\": \"http://localhost:8000/api/v1/\"}], \"components\": {\"responses\": {\"Fine\": {\"content\":"
                        + " {\"application/json\": {\"schema\": {\"type\": \"string\"}}}}}}");

        Contract contract = Contract.of(PlainSchema.ofAnswer(document, asked));

        assertThat(contract.problem("\"a\"")).isEmpty();
        assertThat(contract.problem("1")).isEqualTo("the answer is not of the type \"string\"");
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
