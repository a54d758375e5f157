package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTests {
    @ParameterizedTest
    @CsvSource({"600, 300", "3600, 1800", "250, 125", "200, 120", "120, 0", "20, 0"})
    void a_command_may_wait_for_half_of_the_runs_time_and_for_two_minutes_at_least(long time, long idle) {
        assertThat(StageRunner.idle(Duration.ofSeconds(time))).isEqualTo(Duration.ofSeconds(idle));
    }
}
