package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;

/** What grading says where the engine does not run, or nothing was set up. */
class NoEngineTests {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    Path folder;

    Path home;
    Path repository;
    Cli cli;

    @BeforeEach
    void handIn() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        repository = Tiny.good(folder.resolve("student-07"));
        cli = new Cli(home).with(Map.of("DOCKER_HOST", "unix://" + folder.resolve("no-engine.sock")));
    }

    private void imagesAreKnown() throws IOException {
        Files.writeString(home.resolve("images.properties"), """
                tools.py311=labharness/tools-py311:none
                tools.py313=labharness/tools-py313:none
                tracking=labharness/tracking:none
                """);
    }

    @Test
    void the_command_that_starts_the_engine_is_named() throws IOException {
        imagesAreKnown();

        Result result = cli.run("grade", repository.toString());

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.words().replaceAll("\\s+", " "))
                .contains("engine-unreachable", "no-engine.sock", "`systemctl start docker`")
                .doesNotContain("Exception: ")
                .doesNotContain(" at org.");
        assertThat(home.resolve("instances")).doesNotExist();
        assertThat(home.resolve("evidence")).doesNotExist();
    }

    @Test
    void json_on_standard_output_is_all_that_is_there() throws IOException {
        imagesAreKnown();

        Result result = cli.run("grade", repository.toString(), "--json", "-");

        JsonNode verdict = MAPPER.readTree(result.out());
        assertThat(verdict.path("outcome").asText()).isEqualTo("broken");
        assertThat(verdict.path("reason").path("code").asText()).isEqualTo("engine-unreachable");
        assertThat(verdict.path("submission").path("student").asText()).isEqualTo("student-07");
        assertThat(result.exit()).isEqualTo(4);
    }

    @Test
    void a_machine_that_was_never_set_up_is_told_the_command_that_does() {
        Result result = cli.run("grade", repository.toString());

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("image-missing", "./lab setup").hasLineCount(1);
    }

    @Test
    void reading_needs_neither() throws IOException {
        Result text = cli.run("inspect", repository.toString());
        assertThat(text.exit()).isZero();
        assertThat(text.out()).contains("2 stages", "dvc.no-lock");
        assertThat(text.err()).isEmpty();

        Result json = cli.run("inspect", repository.toString(), "--json");
        assertThat(MAPPER.readTree(json.out()).path("findings").isArray()).isTrue();
    }
}
