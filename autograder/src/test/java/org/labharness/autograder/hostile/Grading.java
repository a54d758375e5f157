package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.labharness.autograder.cli.Cli;

/**
 * A grading by the real program.
 *
 * @param visible all that a student may get to see: terminal, JSON, JUnit, Markdown and pages
 */
record Grading(JsonNode verdict, String visible) {
    /** With the engine of this machine. */
    static Grading of(Path home, Path repository, Path lab) throws IOException {
        return of(home, repository, lab, Map.of());
    }

    /** @param variables such as that of another engine */
    static Grading of(Path home, Path repository, Path lab, Map<String, String> variables) throws IOException {
        Path reports = Files.createTempDirectory(home, "reports");
        Cli.Result result = new Cli(home)
                .with(variables)
                .with(System.getenv())
                .run(
                        "grade",
                        repository.toString(),
                        "--lab",
                        lab.toString(),
                        "--json",
                        reports.resolve("v.json").toString(),
                        "--junit",
                        reports.resolve("v.xml").toString(),
                        "--markdown",
                        reports.resolve("v.md").toString(),
                        "--html",
                        reports.resolve("page").toString());
        assertThat(result.exit()).as(result.words()).isZero();
        StringBuilder visible = new StringBuilder(result.words());
        try (Stream<Path> files = Files.walk(reports)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                visible.append(Files.readString(file));
            }
        }
        return new Grading(new ObjectMapper().readTree(reports.resolve("v.json").toFile()), visible.toString());
    }

    /** Of the whole lab. */
    String points() {
        return verdict.path("points").asText();
    }

    /** Of one check, its points and what was said of it, such as {@code 2: every stage ran}. */
    String check(String id) {
        return verdict.path("checks")
                .valueStream()
                .filter(check -> check.path("id").asText().equals(id))
                .map(check -> check.path("points").asText() + ": "
                        + check.path("message").asText())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return verdict.toPrettyString();
    }
}
