package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFilterTests {
    private static final String WORD = "0123456789abcdef";
    private static final String HALF = "01234567";
    private static final String REPORT = "\u001e" + WORD + " exit 3 1500 1 2 4096\n";
    private int beats;
    private final ReportFilter filter = new ReportFilter(WORD, () -> beats++);

    private String pass(String text, int chunk) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += chunk) {
            passed.writeBytes(
                    filter.pass(java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + chunk))));
        }
        passed.writeBytes(filter.rest());
        return passed.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 17, 18, 1000})
    void the_report_is_taken_out_however_the_output_is_cut(int chunk) {
        assertThat(pass("one\ntwo\u001e\u001e01" + REPORT, chunk)).isEqualTo("one\ntwo\u001e\u001e01");
        assertThat(filter.report())
                .contains(new InitReport(InitReport.Reason.EXIT, 3, Duration.ofNanos(1_500_000), 1, 2, 4096));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void output_without_the_word_is_passed_whole(int chunk) {
        String forged = "x\u001efedcba9876543210 exit 0 1 0 0 1\n\u001e" + WORD;
        assertThat(pass(forged, chunk)).isEqualTo(forged);
        assertThat(filter.report()).isEmpty();
    }

    @Test
    void a_report_that_was_cut_off_is_none() {
        assertThat(pass("out" + REPORT.substring(0, 24), 1000)).isEqualTo("out");
        assertThat(filter.report()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 17, 18, 19, 1000})
    void beats_are_taken_out_of_the_middle_of_a_line(int chunk) {
        String beat = "\u001e" + HALF + " beat\n";
        assertThat(pass("on" + beat + beat + "e\ntw" + beat + "o\n" + REPORT, chunk))
                .isEqualTo("one\ntwo\n");
        assertThat(beats).isEqualTo(3);
        assertThat(filter.report().orElseThrow().code()).isEqualTo(3);
    }

    @Test
    void a_beat_that_was_cut_off_is_none() {
        assertThat(pass("one\u001e" + HALF + " bea", 1000)).isEqualTo("one\u001e" + HALF + " bea");
        assertThat(beats).isZero();
        assertThat(filter.report()).isEmpty();
    }

    @Test
    void whoever_saw_a_beat_cannot_forge_a_report() {
        String forged = "\u001e" + HALF + " exit 0 1 0 0 1\n";
        assertThat(pass(forged, 1000)).isEqualTo(forged);
        assertThat(filter.report()).isEmpty();
    }

    @Test
    void nothing_that_comes_after_a_report_is_passed() {
        assertThat(pass("one" + REPORT + "two", 7)).isEqualTo("one");
        assertThat(filter.report().orElseThrow().code()).isEqualTo(3);
    }

    @Test
    void output_is_given_on_at_once() {
        assertThat(filter.pass("hello".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }
}
