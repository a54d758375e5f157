package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.cli.Cli.Result;

/** What documents and examples tell people to type is what the program takes. */
class HelpTests {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .resolve("..")
            .normalize();
    private static final Set<String> OF_THE_LAUNCHER = Set.of("setup", "doctor", "test");
    private static final List<String> OF_THE_PROGRAM = List.of(
            "grade",
            "collect",
            "batch",
            "worker",
            "debug",
            "submit",
            "inspect",
            "verify",
            "publish",
            "new-course",
            "roster",
            "gradebook",
            "challenge",
            "mark",
            "override",
            "regrade",
            "release",
            "backup",
            "restore",
            "gc",
            "forget",
            "token",
            "serve",
            "status",
            "demo",
            "bench");

    /** A command line at the beginning of a line or of a quotation. */
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^\\s*|`)\\./lab ([a-z-]+)([^\\n`#]*)");

    private static final Pattern LONG_OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

    @TempDir
    static Path home;

    private static String help(String... command) {
        String[] arguments =
                Stream.concat(Stream.of(command), Stream.of("--help")).toArray(String[]::new);
        Result result = new Cli(home).run(arguments);
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    @ParameterizedTest
    @FieldSource("OF_THE_PROGRAM")
    void every_command_explains_itself_with_examples(String command) {
        assertThat(help(command)).contains("Examples:", "  ./lab " + command, "--help");
    }

    @Test
    void the_program_and_the_launcher_name_the_same_commands() throws IOException {
        Set<String> launcher = new TreeSet<>(matches("(?m)^  ([a-z-]+)  +\\S", Files.readString(ROOT.resolve("lab"))));
        launcher.removeAll(OF_THE_LAUNCHER);

        assertThat(launcher).containsExactlyInAnyOrderElementsOf(OF_THE_PROGRAM);
        assertThat(matches("(?m)^  ([a-z-]+)  +\\S", help())).containsExactlyInAnyOrderElementsOf(OF_THE_PROGRAM);
    }

    @Test
    void without_a_command_the_commands_are_listed() {
        Result result = new Cli(home).run();
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).contains("grade", "inspect", "verify");
    }

    static Stream<Path> papers() throws IOException {
        List<Path> papers = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(papers::add);
        }
        return papers.stream();
    }

    @ParameterizedTest
    @MethodSource("papers")
    void documents_tell_nobody_to_type_what_the_program_does_not_take(Path paper) throws IOException {
        checkCommands(Files.readString(paper));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collect",
                "batch",
                "worker",
                "debug",
                "submit",
                "grade",
                "inspect",
                "verify",
                "publish",
                "new-course",
                "roster",
                "gradebook",
                "mark",
                "override",
                "challenge",
                "demo",
                "backup",
                "restore",
                "gc",
                "forget",
                "token",
                "serve",
                "status",
                "bench"
            })
    void examples_are_commands_that_exist(String command) throws IOException {
        assertThat(checkCommands(help(command))).isPositive();
    }

    @Test
    void the_readme_names_every_option_of_the_launcher_that_it_shows() throws IOException {
        assertThat(checkCommands(Files.readString(ROOT.resolve("README.md")))).isGreaterThan(4);
    }

    private static int checkCommands(String text) throws IOException {
        List<MatchResult> commands = COMMAND.matcher(text).results().toList();
        for (MatchResult match : commands) {
            String command = match.group(1);
            assertThat(OF_THE_LAUNCHER.contains(command) || OF_THE_PROGRAM.contains(command))
                    .as("'./lab %s' is a command", command)
                    .isTrue();
            String known = OF_THE_LAUNCHER.contains(command)
                    ? Files.readString(ROOT.resolve("docker/launcher/" + command + ".sh"))
                    : help(called(command, match.group(2)));
            assertThat(options(known)).as("options of ./lab " + command).containsAll(options(match.group(2)));
        }
        return commands.size();
    }

    /** With the command below it, where it has some. */
    private static String[] called(String command, String rest) {
        Matcher below = Pattern.compile("^ ([a-z]+)(?![./])").matcher(rest);
        return Set.of("challenge", "token").contains(command) && below.find()
                ? new String[] {command, below.group(1)}
                : new String[] {command};
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "submit", "board", "entries", "choose", "award", "import", "rescore"})
    void every_command_of_a_challenge_explains_itself_with_examples(String command) throws IOException {
        assertThat(help("challenge", command)).contains("Examples:", "  ./lab challenge " + command, "--challenge");
        assertThat(checkCommands(help("challenge", command))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"issue", "list", "revoke"})
    void every_command_about_tokens_explains_itself_with_examples(String command) throws IOException {
        assertThat(help("token", command)).contains("Examples:", "  ./lab token " + command, "--course");
        assertThat(checkCommands(help("token", command))).isPositive();
    }

    private static Set<String> options(String text) {
        Set<String> found = new TreeSet<>(Set.of());
        LONG_OPTION.matcher(text).results().map(MatchResult::group).forEach(found::add);
        return found;
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
