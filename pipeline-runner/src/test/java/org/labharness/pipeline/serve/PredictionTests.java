package org.labharness.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Service.Question;
import org.labharness.probe.exchange.Seen;

class PredictionTests {
    private static Prediction of(String answer, String body) {
        return Prediction.of(
                new Question("/predict", "beans", 5, "{}", answer),
                new Seen.Reply(
                        0,
                        0,
                        200,
                        1,
                        "application/json",
                        body.getBytes(StandardCharsets.UTF_8),
                        true,
                        Seen.Failure.NONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            kind          | {"kind": "a"}                    | a
            kind          | {"kind": 2.50}                   | 2.50
            predictions.0 | {"predictions": [3]}             | 3
            result.kind   | {"result": {"kind": true}}       | true
            ~~            | "a"                              | a
            """)
    void aWordOrANumberIsAPrediction(String answer, String body, String word) {
        Prediction prediction = of(answer, body);

        assertThat(prediction.said().word()).isEqualTo(word);
        assertThat(prediction.problem()).isEmpty();
    }

    @Test
    void numbersForTheClassesAreOne() {
        assertThat(of("chances", "{\"chances\": {\"b\": 0.25, \"a\": 0.75}}")
                        .said()
                        .scores())
                .containsExactly(Map.entry("b", 0.25), Map.entry("a", 0.75));
        assertThat(of("predictions.0", "{\"predictions\": [[0.25, 0.75]]}")
                        .said()
                        .scores())
                .containsExactly(Map.entry("0", 0.25), Map.entry("1", 0.75));
    }

    @Test
    void whateverElseIsNone() {
        for (String body : List.of(
                "{\"kind\": null}",
                "{\"kind\": \" \"}",
                "{\"kind\": []}",
                "{\"kind\": {}}",
                "{\"kind\": [1, \"a\"]}",
                "{\"kind\": {\"a\": [1]}}",
                "{\"kind\": \"" + "a".repeat(201) + "\"}",
                "{\"kind\": [" + "1,".repeat(1_000) + "1]}")) {
            assertThat(of("kind", body).problem()).as(body).contains("neither a number nor a short text");
            assertThat(of("kind", body).isGiven()).isFalse();
        }
        assertThat(of("kind", "{\"sort\": 1}").problem()).isEqualTo("the answer has no 'kind'");
        assertThat(of("kind", "kind a").problem()).isEqualTo("the answer is no JSON");
    }

    @Test
    void predictionsAreNearWhereOnlyTheReckoningDiffers() {
        assertThat(of("", "200000.12").isNear(of("", "200000.14"))).isTrue();
        assertThat(of("", "0.0000001").isNear(of("", "0.0000002"))).isTrue();
        assertThat(of("", "2.5").isNear(of("", "2.6"))).isFalse();
        assertThat(of("", "\"a\"").isNear(of("", "\"b\""))).isFalse();
        assertThat(of("", "[0.5, 0.5]").isNear(of("", "[0.5000001, 0.4999999]")))
                .isTrue();
        assertThat(of("", "[0.5, 0.5]").isNear(of("", "[0.6, 0.4]"))).isFalse();
        assertThat(of("", "[0.5, 0.5]").isNear(of("", "[0.5, 0.5, 0]"))).isFalse();
    }
}
