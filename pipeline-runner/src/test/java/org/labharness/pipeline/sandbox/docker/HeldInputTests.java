package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    private void readWord() throws IOException {
        int length = input.word().length() + 1;
        assertThat(input.readNBytes(length)).hasSize(length);
    }
}
