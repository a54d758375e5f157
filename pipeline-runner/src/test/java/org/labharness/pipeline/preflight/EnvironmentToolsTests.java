package org.labharness.pipeline.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is read as a tool of environments is there to be run, and knows itself: three files name these tools. */
class EnvironmentToolsTests {
    private static final Path DOCKER = Path.of("..", "docker");

    private static List<String> found(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(DOCKER.resolve(file)))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    @Test
    void theImageHasAProgramOfEachName() throws IOException {
        List<String> loop = found("recipes.sh", "(?<=for tool in )[a-z ]+(?=; do)");

        assertThat(loop).hasSize(1);
        assertThat(loop.getFirst().split(" ")).containsExactlyInAnyOrderElementsOf(ShellCommand.ENVIRONMENT_TOOLS);
    }

    @Test
    void theProgramKnowsTheOptionsOfEach() throws IOException {
        List<String> tools =
                found("lab/run-in-environment", "(?m)(?<=^    \")[a-z]+(?=\": \"-)|(?<=WITH_VALUE\\[\")[a-z]+(?=\"])");

        assertThat(tools).containsExactlyInAnyOrderElementsOf(ShellCommand.ENVIRONMENT_TOOLS);
    }
}
