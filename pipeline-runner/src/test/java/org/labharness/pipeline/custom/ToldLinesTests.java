package org.labharness.pipeline.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.CustomFacts.Fault;
import org.labharness.pipeline.evidence.CustomFacts.Outcome;
import org.labharness.pipeline.evidence.CustomFacts.Result;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.ExecutionResult;

class ToldLinesTests {
    private final ToldLines told = new ToldLines("w0rd");

    private CustomFacts facts(String... chunks) {
        for (String chunk : chunks) {
            told.add(chunk.getBytes(StandardCharsets.UTF_8));
        }
        return told.facts(
                "t.py", new ExecutionResult(0, Duration.ZERO, 0, List.of(), LogExcerpt.EMPTY, false), List.of());
    }

    @Test
    void are_read_however_they_are_cut_into_chunks() {
        CustomFacts facts = facts(
                "w0rd {\"found\": {\"file\": \"t.py\", \"na",
                "me\": \"test_a\", \"title\": \"A.\"}}\nw0rd {\"res",
                "ult\": {\"file\": \"t.py\", \"name\": \"test_a\", \"case\": \"\", \"outcome\": \"failed\", \"message\": \"é\", \"line\": 3}}\n",
                "w0rd {\"end\": 1}\n");

        assertThat(facts.tests())
                .containsExactly(new CustomFacts.Test(
                        "t.py", "test_a", "A.", 1, List.of(new Result("", Outcome.FAILED, "é", 3))));
        assertThat(facts.complete()).isTrue();
    }

    @Test
    void without_the_word_are_a_log() {
        CustomFacts facts = facts("{\"end\": 0}\nother {\"result\": {\"outcome\": \"passed\"}}\n");

        assertThat(facts.complete()).isFalse();
        assertThat(facts.tests()).isEmpty();
        assertThat(facts.log().head()).hasSize(2);
    }

    @Test
    void that_make_no_sense_are_nothing() {
        CustomFacts facts = facts(
                "w0rd {\"result\": \"x\"}\nw0rd {{{\nw0rd {\"result\": {\"outcome\": \"great\"}}\n", "w0rd {\"end\"");

        assertThat(facts.tests()).isEmpty();
        assertThat(facts.complete()).isFalse();
    }

    @Test
    void after_words_without_a_line_end_count_and_are_bounded() {
        CustomFacts facts = facts(
                "test_report.py ..w0rd {\"fault\": {\"file\": \"t.py\", \"line\": 2, \"message\": \"x\"}}\n",
                "y".repeat(100_000) + "w0rd {\"end\": 1}\n");

        assertThat(facts.faults()).containsExactly(new Fault("t.py", 2, "x"));
        assertThat(facts.complete()).isFalse();
    }
}
