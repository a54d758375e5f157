package org.labharness.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCollectorTests {
    private final LogCollector log = new LogCollector();

    private LogExcerpt of(String text) {
        log.add(text.getBytes(StandardCharsets.UTF_8));
        return log.excerpt();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ModuleNotFoundError: No module named 'pandas'",
                "python3: can't open file '/work/train.py': [Errno 2] No such file or directory",
                "deploy.sh: line 3: docker: command not found",
                "/bin/sh: 1: rye: not found",
                "/bin/sh: 1: ./run.sh: Permission denied",
                "make: *** No rule to make target 'train'.  Stop.",
                "1 error in 0.20s",
                "Killed"
            })
    void a_line_that_says_what_went_wrong_is_kept_whatever_comes_after_it(String line) {
        assertThat(of("starting\n" + line + "\ncleaning up\n").lastError()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mean_squared_error: 0.2",
                "the best split was not found in this fold, going on",
                "terrors of the deep",
                "do not open the file while it is written",
                "training took long: is a directory of models needed?",
                "0.93"
            })
    void a_line_that_reports_no_failure_is_no_error(String line) {
        assertThat(of(line + "\n").lastError()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 error in 0.20s",
                "make: *** [Makefile:3: all] Error 1",
                "2026/11/26 11:43:29 ERROR mlflow.cli: === Run (ID '9ffa8b') failed ===",
                "`np.float` was a deprecated alias. To avoid this error in existing code, use `float` by itself.",
                "================ 1 failed, 2 errors in 1.15s ================",
                "The above exception was raised while the model was fitted.",
            })
    void what_only_speaks_of_an_error_does_not_stand_for_the_one_before_it(String line) {
        assertThat(of("AttributeError: module 'numpy' has no attribute 'float'.\n" + line + "\n")
                        .lastError())
                .isEqualTo("AttributeError: module 'numpy' has no attribute 'float'.");
    }

    /** MLflow starts the server of a model as a command, and raises an exception of its own when that fails. */
    @Test
    void what_a_tool_raises_for_its_command_does_not_stand_for_the_commands_own_error() {
        String wrapped = "Exception: Command '['bash', '-c', 'exec uvicorn mlflow:app']' returned non zero return code."
                + " Return code = 1";
        String trace = "Traceback (most recent call last):\n  File \"/env/bin/mlflow\", line 12, in <module>\n";

        assertThat(of(trace + wrapped + "\n").lastError()).isEqualTo(wrapped);
        assertThat(of(trace + "AttributeError: 'FastAPI' object has no attribute 'route'\n" + trace + wrapped + "\n")
                        .lastError())
                .isEqualTo("AttributeError: 'FastAPI' object has no attribute 'route'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-26 10:00:00,123 - ERROR - no rows are left",
                "Error: no rows are left",
                "bash: line 1: docker: command not found",
                "python: can't open file '/work/train.py': [Errno 2] No such file or directory",
                "builtins.KeyError",
                "/bin/bash: line 1: ./scripts/kinds.sh: cannot execute: required file not found",
                "/bin/bash: line 1: ./tool: cannot execute binary file: Exec format error",
                "bash: ./run.sh: /bin/bash^M: bad interpreter: No such file or directory",
                "python: can't open file '/work/x.py': [Errno 20] Not a directory",
                "sh: 1: cannot open data.csv: Permission denied",
                "sh: 0: cannot open run.sh",
                "bash: line 1: cd: train.py: Not a directory",
                "/bin/bash: -c: line 2: syntax error: unexpected end of file",
                "/bin/bash: -c: line 1: unexpected EOF while looking for matching `\"'",
            })
    void what_says_an_error_does_stand_for_the_one_before_it(String line) {
        assertThat(of("ValueError: tried, and gone on without\n" + line + "\n").lastError())
                .isEqualTo(LogStamp.without(line));
    }

    /** As Hydra 1.3 and other tools end; the expected line, then what is printed. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                In 'config': Could not find 'model/forest_v2'
                In 'config': Could not find 'model/forest_v2'

                Available options in 'model':
                \tforest
                Config search path:
                \tprovider=main, path=file:///work/conf

                Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
                """, """
                Key 'tres' is not in struct
                Could not override 'train.tres'.
                To append to your config use +train.tres=3
                Key 'tres' is not in struct
                    full_key: train.tres
                    object_type=dict

                Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
                """, """
                You must specify 'model', e.g, model=<OPTION>
                You must specify 'model', e.g, model=<OPTION>
                Available options:
                \tforest

                Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
                """, """
                Could not delete from config. 'y' does not exist.
                Could not delete from config. 'y' does not exist.

                Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
                """, """
                Primary config directory not found.
                Primary config directory not found.
                Check that the config directory '/work/conf' exists and readable

                Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
                """, """
                omegaconf.errors.MissingMandatoryValue: Missing mandatory value: train.must
                Missing rows: 0
                Error executing job with overrides: []
                Traceback (most recent call last):
                  File "/work/train.py", line 5, in main
                    print(cfg.train.must)
                          ^^^^^^^^^^^^^^
                omegaconf.errors.MissingMandatoryValue: Missing mandatory value: train.must
                    full_key: train.must
                    object_type=dict

                Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
                """, """
                Value 'abc' of type 'str' could not be converted to Integer
                Error merging override n=abc
                Value 'abc' of type 'str' could not be converted to Integer
                    full_key: n

                Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
                """, """
                ValueError('math domain error')
                Error executing job with overrides: []
                Error in call to target 'math.sqrt':
                ValueError('math domain error')

                Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
                """, """
                Unable to find the catalog entry 'iris'.
                Unable to find the catalog entry 'iris'.
                Run with --verbose to see the full exception
                """, """
                thread 'main' panicked at src/lib.rs:3:5:
                thread 'main' panicked at src/lib.rs:3:5:
                called `Option::unwrap()` on a `None` value
                note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
                """})
    void what_a_closing_hint_belongs_to_is_the_error(String expectedAndPrinted) {
        String[] parts = expectedAndPrinted.split("\n", 2);
        assertThat(of(parts[1]).lastError()).isEqualTo(parts[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pandera.errors.SchemaErrors: {",
                "requests.exceptions.Timeout: read timed out",
                "jinja2.exceptions.TemplateNotFound: page.html",
                "subprocess.TimeoutExpired: Command 'x' timed out after 3 seconds",
                "KeyboardInterrupt"
            })
    void what_ends_a_traceback_is_the_error_whatever_it_is_called(String line) {
        assertThat(of("""
                ValueError: tried, and gone on without
                Traceback (most recent call last):
                  File "train.py", line 3, in <module>
                    go()

                %s
                cleaning up
                """.formatted(line)).lastError()).isEqualTo(line);
        assertThat(of("╭─ Traceback (most recent call last) ─╮\n│ train.py:3 │\n╰─────╯\n%s\n".formatted(line))
                        .lastError())
                .isEqualTo(line);
    }

    @Test
    void a_line_without_a_word_is_not_the_last_one() {
        assertThat(of("serving at https://127.0.0.1:8000\n-----.\n===\n").closingLine())
                .isEqualTo("serving at https://127.0.0.1:8000");
    }

    @Test
    void a_hint_is_neither_the_error_nor_the_last_line() {
        LogExcerpt log = of("""
                ValueError: wrong
                Missing rows: 0
                IndexError: 7
                Rerun with --verbose to see the full exception
                Could not do it
                """);
        assertThat(log.lastError()).isEqualTo("IndexError: 7");
        assertThat(of("Try 'train.py --help' for help.\nSee https://example.org/error for details\n")
                        .lastLine())
                .isEqualTo("Could not do it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Missing rows: 0\nRun with seed=42 for model forest",
                "Could not warm the cache\nSee the report for details of the folds",
                "Run with --verbose to see the full exception"
            })
    void without_a_hint_a_complaint_is_no_error_nor_is_a_hint_without_a_complaint(String printed) {
        assertThat(of(printed + "\n").lastError()).isEmpty();
    }

    @Test
    void the_last_of_several_errors_counts() {
        assertThat(of("ValueError: first\nsome more\nKeyError: 'second'\n").lastError())
                .isEqualTo("KeyError: 'second'");
    }

    @Test
    void head_and_tail_of_a_long_log_are_kept_and_its_bytes_counted() {
        String text = IntStream.range(0, 1000).mapToObj(n -> "line " + n + "\n").collect(Collectors.joining());
        LogExcerpt kept = of(text);
        assertThat(kept.head()).hasSize(40).startsWith("line 0").endsWith("line 39");
        assertThat(kept.tail()).hasSize(80).startsWith("line 920").endsWith("line 999");
        assertThat(kept.bytes()).isEqualTo(text.length());
    }

    @Test
    void a_line_without_end_is_cut_and_does_not_fill_the_memory() {
        for (int chunk = 0; chunk < 2_000; chunk++) {
            log.add("x".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        }
        LogExcerpt kept = log.excerpt();
        assertThat(kept.head())
                .singleElement()
                .satisfies(line -> assertThat(line).hasSize(2_001));
        assertThat(kept.bytes()).isEqualTo(20_000_000);
    }

    @Test
    void a_progress_bar_leaves_its_last_state_and_no_escape_sequence_or_direction_character_passes() {
        assertThat(of(" 10%\r 50%\r100%\n\u001B[31mred\u001B[0m \u202Eevil\u0007\n")
                        .head())
                .containsExactly("100%", "red evil");
    }

    /** DVC prints on while the end of a stage is looked at. */
    @Test
    void canBeLookedAtWhileItGrows() throws InterruptedException {
        LogCollector log = new LogCollector();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 3_000; i++) {
                log.add(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        while (writer.isAlive()) {
            assertThat(log.excerpt().head()).allMatch(line -> line.startsWith("line "));
        }
        writer.join();
        assertThat(log.excerpt().tail()).endsWith("line 2999");
    }
}
