package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.evidence.LogExcerpt;

class EnvironmentStandInTests {
    @TempDir
    Path tree;

    private static LogExcerpt log(String line) {
        return new LogExcerpt(List.of("training"), List.of(line), "", 1);
    }

    private boolean isThere(String path) {
        return Files.exists(tree.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /bin/bash: line 1: .venv/bin/activate: No such file or directory           | /work     | .venv
            /bin/bash: line 1: ./env/bin/python3.11: No such file or directory         | /work     | env
            /bin/sh: 1: .: cannot open venv/bin/activate: No such file                 | /work     | venv
            /bin/sh: 1: venv/bin/python: not found                                     | /work     | venv
            make: *** No rule to make target 'venv/bin/activate', needed by 'all'.     | /work     | venv
            env: ‘myenv/bin/python’: No such file or directory                         | /work     | myenv
            FileNotFoundError: [Errno 2] No such file or directory: '.venv/bin/pytest' | /work     | .venv
            /bin/bash: line 1: ../.venv/bin/python: No such file or directory          | /work     | .venv
            /bin/bash: line 1: ../.venv/bin/python: No such file or directory          | /work/src | .venv
            /bin/bash: line 1: .venv/bin/python: No such file or directory             | /work/src | src/.venv
            /bin/bash: line 1: /work/.venv/bin/python: No such file or directory       | /work/src | .venv
            """)
    void itStandsWhereTheCommandLookedForItAndOnlyMeanwhile(String line, String directory, String place)
            throws IOException {
        Files.createDirectories(tree.resolve("src"));
        try (EnvironmentStandIn environment = new EnvironmentStandIn(tree)) {
            assertThat(environment.after(directory, log(line))).isTrue();
            assertThat(Files.readSymbolicLink(tree.resolve(place))).isEqualTo(EnvironmentStandIn.TARGET);
        }
        assertThat(isThere(place)).isFalse();
    }

    @Test
    void theNextPlaceIsTriedWhereTheFirstDidNotHelp() throws IOException {
        Files.createDirectories(tree.resolve("src"));
        LogExcerpt failure = log("/bin/bash: line 1: .venv/bin/activate: No such file or directory");
        try (EnvironmentStandIn environment = new EnvironmentStandIn(tree)) {
            assertThat(environment.after("/work/src", failure)).isTrue();
            assertThat(environment.after("/work/src", failure)).isTrue();
            assertThat(environment.after("/work/src", failure)).isFalse();
            assertThat(isThere("src/.venv")).isTrue();
            assertThat(isThere(".venv")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/bash: line 1: /usr/bin/activate: No such file or directory",
                "/bin/bash: line 1: /home/ann/.venv/bin/python: No such file or directory",
                "/bin/bash: line 1: taken/bin/python: No such file or directory",
                "/bin/bash: line 1: link/.venv/bin/python: No such file or directory",
                "/bin/bash: line 1: nowhere/.venv/bin/python: No such file or directory",
                "FileNotFoundError: [Errno 2] No such file or directory: 'data/bin/rows.csv'",
                "running .venv/bin/python"
            })
    void nothingElseIsTouched(String line) throws IOException {
        Files.createDirectories(tree.resolve("taken"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/tmp"));
        try (EnvironmentStandIn environment = new EnvironmentStandIn(tree)) {
            assertThat(environment.after("/work", log(line))).isFalse();
        }
        try (var files = Files.list(tree)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void whatTheCommandPutInItsPlaceStays() throws IOException {
        try (EnvironmentStandIn environment = new EnvironmentStandIn(tree)) {
            environment.after("/work", log("sh: 1: .venv/bin/python: not found"));
            Files.delete(tree.resolve(".venv"));
            Files.createDirectory(tree.resolve(".venv"));
        }
        assertThat(isThere(".venv")).isTrue();
    }
}
