package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTests {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private boolean answered(String answer, boolean terminal) {
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Question(
                        new Console(printed, printed, terminal, terminal, 100),
                        new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)))
                .yes("Change the roster?");
    }

    @ParameterizedTest
    @CsvSource({"y,true", "Yes,true", "n,false", "'',false", "yup,false"})
    void only_yes_is_yes(String answer, boolean meant) {
        assertThat(answered(answer + "\n", true)).isEqualTo(meant);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Change the roster? [y/N] ");
    }

    @Test
    void an_end_of_input_is_no() {
        assertThat(answered("", true)).isFalse();
    }

    @Test
    void nobody_is_asked_where_there_is_no_terminal() {
        assertThat(answered("y\n", false)).isFalse();
        assertThat(out.size()).isZero();
    }
}
