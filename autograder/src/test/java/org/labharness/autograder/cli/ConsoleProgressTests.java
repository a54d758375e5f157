package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.sandbox.docker.Eventually;

class ConsoleProgressTests {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private String words() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private ConsoleProgress progress(boolean live) {
        return new ConsoleProgress(new PrintStream(said, true, StandardCharsets.UTF_8), live, InstantSource.system());
    }

    @Test
    void aLiveLineIsClippedWhereTheWindowEndsSoThatItCanBeErased() {
        try (ConsoleProgress progress = progress(true)) {
            progress.of("s01").on(new Progress.Event.StageStarted("", "train-" + "x".repeat(150)));
            progress.below(() -> "1 of 3 done");

            Eventually.holds(() -> words().contains("1 of 3 done"));
        }

        assertThat(words())
                .containsPattern("\u001B\\[\\?7l  s01 +stage train-x{150} \\d\\.\\d s\u001B\\[\\?7h\n")
                .contains("\u001B[?7l1 of 3 done\u001B[?7h\n")
                .endsWith("\u001B[1A\u001B[2K\u001B[1A\u001B[2K");
    }

    @Test
    void whereThereIsNoTerminalNothingIsLive() {
        try (ConsoleProgress progress = progress(false)) {
            progress.of("s01").on(new Progress.Event.StageStarted("", "train"));
            progress.ended("s01", "graded: 10 of 10");
        }

        assertThat(words()).isEqualTo("  s01                      graded: 10 of 10\n");
    }
}
