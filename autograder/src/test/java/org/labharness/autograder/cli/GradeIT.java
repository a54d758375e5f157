package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.report.VerdictJson;

/** Real gradings through the command line, on the real engine. */
class GradeIT {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final JsonNode SCHEMA = schema();

    @TempDir
    static Path folder;

    private static Cli cli(String home) {
        return new Cli(RealHome.warm(folder.resolve(home))).with(System.getenv());
    }

    private static JsonNode schema() {
        try (InputStream in = VerdictJson.class.getResourceAsStream("verdict.schema.json")) {
            return MAPPER.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The verdict without what may differ from run to run. */
    private static JsonNode lasting(JsonNode value, JsonNode schema) {
        if (value.isObject()) {
            ObjectNode kept = MAPPER.createObjectNode();
            value.properties().forEach(field -> {
                JsonNode rule = schema.path("properties").path(field.getKey());
                if (!rule.path("volatile").asBoolean()) {
                    kept.set(field.getKey(), lasting(field.getValue(), rule));
                }
            });
            return kept;
        }
        if (value.isArray()) {
            ArrayNode kept = MAPPER.createArrayNode();
            value.forEach(item -> kept.add(lasting(item, schema.path("items"))));
            return kept;
        }
        return value;
    }

    private static void nothingIsLeftIn(String home) throws IOException {
        try (Stream<Path> instances = Files.list(folder.resolve(home).resolve("instances"))) {
            assertThat(instances).isEmpty();
        }
    }

    @Test
    void the_same_commit_gets_the_same_verdict_in_every_form() throws Exception {
        String repository = Tiny.good(folder.resolve("student-07")).toString();
        String lab = Tiny.lab(folder.resolve("tiny"), "60s").toString();
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Cli cli = cli("home");

        Result first = cli.run(
                "grade",
                repository,
                "--lab",
                lab,
                "--json",
                reports.resolve("v.json").toString(),
                "--junit",
                reports.resolve("v.xml").toString(),
                "--markdown",
                reports.resolve("v.md").toString(),
                "--html",
                reports.resolve("page").toString());
        Result second = cli.run("grade", repository, "--lab", lab, "--json", "-", "--min-score", "7");

        assertThat(first.exit()).as(first.words()).isZero();
        assertThat(first.out()).contains("student-07", "6 of 10");
        String json = Files.readString(reports.resolve("v.json"));
        isValid(json);
        isValid(second.out());
        assertThat(second.exit()).as("6 points are below 7").isEqualTo(1);
        JsonNode verdict = MAPPER.readTree(json);
        assertThat(verdict.path("points").asText()).isEqualTo("6");
        assertThat(lasting(MAPPER.readTree(second.out()), SCHEMA)).isEqualTo(lasting(verdict, SCHEMA));
        assertThat(stages(verdict)).containsExactly("double ran", "total ran");
        assertThat(DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(reports.resolve("v.xml").toFile())
                        .getElementsByTagName("testcase")
                        .getLength())
                .isEqualTo(4);
        assertThat(reports.resolve("v.md")).content().contains("6 of 10", "The lock belongs to the commit");
        assertThat(reports.resolve("page/index.html")).content().contains("The lock belongs to the commit", "</html>");
        nothingIsLeftIn("home");
    }

    private static void isValid(String verdict) {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SCHEMA.toString())
                        .validate(verdict, InputFormat.JSON))
                .isEmpty();
    }

    private static List<String> stages(JsonNode verdict) {
        return verdict.path("stages")
                .valueStream()
                .map(stage ->
                        stage.path("name").asText() + " " + stage.path("status").asText())
                .toList();
    }

    @Test
    void a_fork_bomb_graded_at_the_same_time_costs_its_neighbour_no_point() throws Exception {
        String good = Tiny.good(folder.resolve("good")).toString();
        String hostile = Tiny.forkBomb(folder.resolve("hostile")).toString();
        Cli one = cli("one");
        Cli other = cli("other");

        String shortTime = Tiny.lab(folder.resolve("short"), "6s").toString();
        String longTime = Tiny.lab(folder.resolve("long"), "60s").toString();

        CompletableFuture<Result> bomb =
                CompletableFuture.supplyAsync(() -> one.run("grade", hostile, "--lab", shortTime, "--json", "-"));
        CompletableFuture<Result> neighbour =
                CompletableFuture.supplyAsync(() -> other.run("grade", good, "--lab", longTime, "--json", "-"));

        JsonNode verdict = MAPPER.readTree(neighbour.get(90, TimeUnit.SECONDS).out());
        assertThat(verdict.path("points").asText()).as(verdict.toPrettyString()).isEqualTo("6");
        JsonNode stopped = MAPPER.readTree(bomb.get(90, TimeUnit.SECONDS).out());
        assertThat(stages(stopped)).containsExactly("double failed", "total not-reached");
        assertThat(stopped.path("limits").findValuesAsText("name"))
                .as(stopped.toPrettyString())
                .contains("time");
        nothingIsLeftIn("one");
        nothingIsLeftIn("other");
    }

    @Test
    void a_refusal_is_a_verdict_too() throws Exception {
        Result result = cli("refusing").run("grade", folder.resolve("nobody").toString(), "--json", "-");

        isValid(result.out());
        assertThat(MAPPER.readTree(result.out()).path("reason").path("code").asText())
                .isEqualTo("repository-not-found");
        assertThat(result.exit()).isEqualTo(3);
        nothingIsLeftIn("refusing");
    }
}
