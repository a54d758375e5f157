package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** Handing in to a server in a process of its own, which really runs what it is handed. */
class SubmitIT {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private Path home = Path.of("");

    private Result done(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--course", folder.resolve("course.yaml").toString()));
        Result result = new Cli(home).with(System.getenv()).run(all.toArray(String[]::new));
        assertThat(result.exit()).as(result.words()).isZero();
        return result;
    }

    @Test
    void whatIsHandedInIsRunAndItsVerdictComesBack() throws IOException {
        home = RealHome.warm(folder.resolve("home"));
        Tiny.lab(folder.resolve("tiny"), "90s");
        Path good = Tiny.good(folder.resolve("ada"));
        Tiny.course(folder);
        Files.writeString(folder.resolve("students.csv"), "id,name,repository\ns01,Ada," + good + "\n");
        done("roster", folder.resolve("students.csv").toString(), "--apply");
        String token = done("token", "issue", "--student", "s01").out().strip();
        try (Program server = Program.start(
                folder,
                Map.of("LAB_HOME", home.toString()),
                "serve",
                "--course",
                folder.resolve("course.yaml").toString(),
                "--port",
                "0")) {
            Eventually.holds(
                    LONGEST,
                    "that the server listens",
                    () -> server.err().contains("Listening at ") || !server.alive());
            Matcher address = Pattern.compile("Listening at (http://127\\.0\\.0\\.1:[0-9]+) ")
                    .matcher(server.err());
            assertThat(address.find()).as(server.err()).isTrue();

            Result result = new Cli(folder.resolve("client"))
                    .with(Map.of("LAB_TOKEN", token))
                    .run(
                            "submit",
                            "--server",
                            address.group(1),
                            "--lab",
                            "tiny",
                            "--wait",
                            "--min-score",
                            "6",
                            "--junit",
                            folder.resolve("verdict.xml").toString(),
                            "--json",
                            folder.resolve("verdict.json").toString());

            assertThat(result.exit()).as(result.words()).isZero();
            assertThat(result.err()).contains("stage double: ran", "stage total: ran");
            assertThat(result.out()).contains("6 of 10 points", "x 0/1 A run is tracked");
            assertThat(folder.resolve("verdict.xml")).content().contains("<testsuite", "tests=\"4\"");
            assertThat(folder.resolve("verdict.json")).content().contains("\"labharness/verdict/1\"", "\"graded\"");
            assertThat(server.out()).doesNotContain(token.substring(13));
        }
    }
}
