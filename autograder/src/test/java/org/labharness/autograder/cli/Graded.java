package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a grading of the real program said. */
final class Graded {
    private Graded() {}

    /** Points and words by check, as {@code "2: every stage ran"}, of a grading with this machine's cache of environments. */
    static Map<String, String> points(Path home, Path repository, Path lab) throws IOException {
        Cli.Result result = new Cli(RealHome.warm(home))
                .with(System.getenv())
                .run("grade", repository.toString(), "--lab", lab.toString(), "--json", "-");
        assertThat(result.exit()).as(result.words()).isZero();
        JsonNode verdict = new ObjectMapper().readTree(result.out());
        Map<String, String> points = new TreeMap<>();
        verdict.path("checks")
                .forEach(check -> points.put(
                        check.path("id").asText(),
                        check.path("points").asText() + ": "
                                + check.path("message").asText()));
        return points;
    }
}
