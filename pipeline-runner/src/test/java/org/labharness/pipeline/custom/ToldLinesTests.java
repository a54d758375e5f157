package org.labharness.pipeline.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.CustomFacts.Fault;
import org.labharness.pipeline.evidence.CustomFacts.Outcome;
import org.labharness.pipeline.evidence.CustomFacts.Result;
import org.labharness.pipeline.evidence.LimitHit;
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

    private static final String FOUND = """
            w0rd {"found": {"file": "t.py", "name": "test_a", "title": ""}}
            w0rd {"found": {"file": "t.py", "name": "test_b", "title": ""}}
            w0rd {"found": {"file": "t.py", "name": "test_c", "title": ""}}
            w0rd {"result": {"file": "t.py", "name": "test_a", "case": "", "outcome": "passed", "message": "", "line": 0}}
            """;
    private static final String STARTED = "w0rd {\"started\": {\"program\": \"python x.py\"}}\n";
    private static final String KILLED = "w0rd {\"killed\": {\"signal\": 9}}\n";

    private List<String> lost(String lines, int exit, LimitHit... limits) {
        told.add((FOUND + lines).getBytes(StandardCharsets.UTF_8));
        return told
                .facts(
                        "t.py",
                        new ExecutionResult(exit, Duration.ofSeconds(60), 0, List.of(limits), LogExcerpt.EMPTY, false),
                        List.of())
                .tests()
                .stream()
                .flatMap(test -> test.results().stream())
                .filter(result -> result.outcome() == Outcome.FAILED)
                .map(Result::message)
                .toList();
    }

    @Test
    void tell_who_ended_the_tests_where_only_a_program_of_the_submission_can_have() {
        String words =
                "signal 9 ended the tests, as only a program that the tests start can do: of this submission they had started 'python x.py'";

        assertThat(lost(STARTED + KILLED, 137)).containsExactly(words, "it was not reached: " + words);
    }

    @Test
    void tell_it_too_where_all_processes_were_killed_at_once() {
        assertThat(lost(STARTED, 137)).hasSize(2);
    }

    @Test
    void tell_it_where_all_processes_were_stopped_and_time_went_by() {
        LimitHit time = new LimitHit(LimitHit.Name.TIME, "60 s", "60 s");

        assertThat(lost(STARTED + "w0rd {\"beat\": 5}\n", 137, time))
                .first()
                .asString()
                .startsWith("a signal stopped the tests, ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no program of the submission was started | {"killed": {"signal": 9}}                               | 137
            the tests sent it themselves             | {"started": {"program": "x"}},{"signalled": {}},{"killed": {"signal": 9}} | 137
            a crash                                  | {"started": {"program": "x"}},{"killed": {"signal": 11}}  | 139
            they ended by themselves                 | {"started": {"program": "x"}}                             | 1
            """)
    void blame_nobody_for_what_may_be_the_labs_own(String what, String lines, int exit) {
        String told = Stream.of(lines.split(",(?=\\{)"))
                .map(line -> "w0rd " + line + "\n")
                .collect(Collectors.joining());

        assertThat(lost(told, exit)).as(what).isEmpty();
    }

    private static final LimitHit MEMORY = new LimitHit(LimitHit.Name.MEMORY, "512MiB", "more than 512MiB");

    /** The tests' own memory is bounded below that of all. */
    @Test
    void tell_who_used_up_what_the_tests_alone_cannot() {
        assertThat(lost(STARTED + KILLED, 137, MEMORY))
                .first()
                .isEqualTo(
                        "the tests came to no end, as their limit of memory (512MiB) was used up, which the tests alone cannot do: of this"
                                + " submission they had started 'python x.py'");
    }

    @Test
    void blame_nobody_at_another_limit_or_where_the_tests_are_looked_after_to_the_end() {
        LimitHit time = new LimitHit(LimitHit.Name.TIME, "60 s", "60 s");
        LimitHit output = new LimitHit(LimitHit.Name.OUTPUT, "8MiB", "more than 8MiB");

        assertThat(lost(KILLED, 137, MEMORY)).isEmpty();
        assertThat(new ToldLinesTests().lost(STARTED + KILLED, 137, MEMORY, output))
                .isEmpty();
        assertThat(new ToldLinesTests().lost(STARTED + "w0rd {\"beat\": 55}\n", 137, time))
                .isEmpty();
    }

    @Test
    void decide_nothing_anew_that_was_told_to_its_end() {
        assertThat(lost(STARTED + "w0rd {\"end\": 0}\n" + KILLED, 137)).isEmpty();
    }
}
