package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.labharness.pipeline.sandbox.Sign;

class HostCommandTests {
    @RepeatedTest(50)
    void a_short_command_is_read_to_its_end_however_fast_it_ends() {
        assertThatCode(() -> HostCommand.run("true")).doesNotThrowAnyException();
    }

    @Test
    void a_failure_names_the_command_its_code_and_what_it_said() {
        assertThatIOException()
                .isThrownBy(() -> HostCommand.run("sh", "-c", "echo no such disk; exit 3"))
                .withMessageContaining("ended with 3: no such disk");
    }

    @Test
    void one_that_goes_on_computing_is_heard_and_ended() {
        Queue<Sign> heard = new ConcurrentLinkedQueue<>();
        assertThatIOException()
                .isThrownBy(
                        () -> HostCommand.run(Sign.EVERY.plusSeconds(1), heard::add, "sh", "-c", "while :; do :; done"))
                .withMessageEndingWith("did not end within 6 s");
        assertThat(heard).isNotEmpty().containsOnly(Sign.WORKS);
    }
}
