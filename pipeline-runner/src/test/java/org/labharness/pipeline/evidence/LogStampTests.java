package org.labharness.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogStampTests {
    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
            2026-11-26 16:07:55,464 | ERROR | no rows              ^ ERROR | no rows
            2026-11-26 16:07:55,464 - train - ERROR - no rows      ^ train - ERROR - no rows
            2026-11-26 16:07:55.464 | ERROR    | src.train:fit:3 - no rows ^ ERROR    | src.train:fit:3 - no rows
            2026-11-26T16:07:55.464+01:00 ERROR no rows            ^ ERROR no rows
            2026-11-26T16:07:55Z [error] no rows                   ^ [error] no rows
            [2026-11-26 16:07:55,464] ERROR in train: no rows      ^ ERROR in train: no rows
            [2026-11-26T16:07:55.464+0000] {train.py:12} ERROR - x ^ {train.py:12} ERROR - x
            [2026-11-26 16:07:55,464: ERROR/Main] no rows          ^ [ERROR/Main] no rows
            [16:07:55] ERROR: no rows                              ^ ERROR: no rows
            16:07:55 ERROR no rows                                 ^ ERROR no rows
            16:07:55.123 - ValueError: no rows                     ^ ValueError: no rows
            2026/11/26 16:07:55 ERROR mlflow.cli: no rows          ^ ERROR mlflow.cli: no rows
            26/11/26 16:07:55 ERROR Executor: no rows              ^ ERROR Executor: no rows
            [11/26/26 16:07:55] ERROR no rows                      ^ ERROR no rows
            11/26/2026 04:07:55 PM - ERROR - no rows               ^ ERROR - no rows
            26-Nov-2026 16:07:55 ERROR no rows                     ^ ERROR no rows
            Thu Nov 26 16:07:55 2026 ERROR no rows                 ^ ERROR no rows
            2026-11-26 16:07:55.464123: E tensorflow/x.cc:1 error  ^ E tensorflow/x.cc:1 error
            E1126 16:07:55.464123 17 x.cc:1] error                 ^ 17 x.cc:1] error
            2026-11-26 ERROR no rows                               ^ ERROR no rows
            ERROR:root:2026-11-26 16:07:55 no rows                 ^ ERROR:root:no rows
            [ERROR] 2026-11-26 16:07:55,464: no rows               ^ [ERROR] no rows
            """)
    void the_time_of_a_log_line_is_left_out(String line, String without) {
        assertThat(LogStamp.without(line)).isEqualTo(without);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ValueError: time data '2026-11-26 16:07:55' does not match format '%d'",
                "ValueError: no rows after 2026-11-26 16:07:55",
                "Error: 2026-11-26 is no working day",
                "2026-11-26 16:07:55,464",
                "2026-11-26 is no date of an error",
                "KeyError: '16:07:55'",
                "error: 3.11.7"
            })
    void a_time_that_the_message_speaks_of_stays(String line) {
        assertThat(LogStamp.without(line)).isEqualTo(line);
    }

    @Test
    void what_is_kept_of_a_log_has_none_in_what_is_told() {
        LogExcerpt log = new LogExcerpt(
                List.of("12:00:01 begin", "[12:00:02] ValueError: x"), List.of(), "[12:00:02] ValueError: x", 1);
        assertThat(log.lastError()).isEqualTo("ValueError: x");
        assertThat(log.lastLine()).isEqualTo("ValueError: x");
        assertThat(log.head()).containsExactly("12:00:01 begin", "[12:00:02] ValueError: x");
    }

    @Test
    void a_long_line_costs_no_time() {
        String line = "[2026-11-26 ".repeat(100_000);
        assertThat(LogStamp.without(line)).isEqualTo(line);
    }
}
