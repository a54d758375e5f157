package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** The examples for CI are YAML, and their commands are ones that the program takes. */
class CiExamplesTests {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ".")).resolve("../docs/ci");
    private static final Pattern COMMAND = Pattern.compile("\\./lab submit((?:[^\\n\\\\]|\\\\\\n)*)");

    @ParameterizedTest
    @ValueSource(strings = {"github-actions.yml", "gitlab-ci.yml", "gitea-actions.yml"})
    void theirCommandsAreOnesThatTheProgramTakes(String file) throws IOException {
        String text = Files.readString(FOLDER.resolve(file));
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(text))
                .isInstanceOf(Map.class);
        List<String> commands = COMMAND.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            String[] words =
                    command.replace("\\\n", " ").replace("\"", "").strip().split("\\s+");
            CommandLine line = new CommandLine(new SubmitCommand(silent(), new Settings(Map.of())));
            line.parseArgs(words);
            assertThat(words).contains("--server", "--lab", "--wait");
            assertThat(command).doesNotContain("TOKEN");
        }
        assertThat(text).contains("LAB_TOKEN").doesNotContain("pull_request_target");
    }

    private static Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Console(nowhere, nowhere, false, false, 100);
    }
}
