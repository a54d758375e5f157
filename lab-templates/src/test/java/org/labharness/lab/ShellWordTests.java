package org.labharness.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTests {
    @Test
    void plain_names_stay_as_they_are() {
        assertThat(ShellWord.of("data/raw-v1.csv")).isEqualTo("data/raw-v1.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my data.csv", "x;touch pwned", "$(touch pwned)", "`touch pwned`", "it's", "a\nb", "*", ""})
    void a_shell_reads_any_other_back(String word) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(word)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(word);
    }

    @Test
    void a_name_like_an_option_becomes_a_path() {
        assertThat(ShellWord.of("-rf")).isEqualTo("'./-rf'");
    }
}
