package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldInputTests {
    private final HeldInput input = new HeldInput();

    @Test
    void a_container_that_is_ended_twice_before_it_reads_is_still_told() throws IOException {
        readWord();
        input.endContainer();
        input.endContainer();
        assertThat(input.read()).isEqualTo('\n');
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void a_container_that_ended_by_itself_is_told_nothing() throws IOException {
        readWord();
        input.close();
        input.endContainer();
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void what_to_run_is_told_in_fields_that_end_with_nul() throws IOException {
        readWord();
        input.order(List.of("sh", "-c", "echo é"), Map.of("A", "b c"), "/work");
        input.close();
        assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("28\n/work\0" + "1\0A=b c\0sh\0-c\0echo é\0");
    }

    @Test
    void a_nul_in_a_field_ends_it_and_makes_no_other() throws IOException {
        readWord();
        input.order(List.of("sh\0-x"), Map.of("A", "b\0C=d"), "/work");
        input.close();
        assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).endsWith("\n/work\0" + "1\0A=b\0sh\0");
    }

    private void readWord() throws IOException {
        int length = input.word().length() + 1;
        assertThat(input.readNBytes(length)).hasSize(length);
    }
}
