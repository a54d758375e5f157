package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.Family;
import tools.jackson.databind.JsonNode;

/**
 * docs/checks.md is what lab.schema.json says of each check, beside what the check's own record says: its family and what it reads. The
 * schema has a check's title (what earns full points), description (how points are given) and examples.
 */
class ChecksDocumentTests {
    private static final Path DOCUMENT = Path.of("..", "docs", "checks.md");
    private static final Pattern FILE = Pattern.compile("[\\w./-]+\\.\\w{1,8}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Map<Family, String> FAMILIES = new TreeMap<>(Map.of(
            Family.REPOSITORY, "The repository and its history",
            Family.DVC, "DVC pipelines",
            Family.MLFLOW, "MLflow",
            Family.RUN, "What follows from a change",
            Family.SERVICE, "Services and their clients",
            Family.CUSTOM, "The lab's own"));

    /** Parts of the evidence whose names say too little. */
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("Tree", "committed files"),
            Map.entry("Pipelines", "declared pipelines"),
            Map.entry("PipelineRun", "the run"),
            Map.entry("SecondRun", "a second run"),
            Map.entry("Tracking", "MLflow runs"),
            Map.entry("History", "branches, merges and authors"),
            Map.entry("Intervene", "a further run after the change"),
            Map.entry("Content", "contents of outputs"),
            Map.entry("Predictions", "what models predict"),
            Map.entry("Serving", "what a service does while it is asked"),
            Map.entry("Client", "whom a client asks"),
            Map.entry("Custom", "what the lab's own tests found"),
            Map.entry("HiddenCopies", "copies of hidden rows"));

    static final List<String> CHECKS = CheckArguments.NAMES;

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("CHECKS")
    void the_schema_says_of_every_check_what_a_reader_needs(String name) {
        SchemaWords words = SchemaWords.of(name);

        assertThat(words.title())
                .as("\"title\" of %s: what earns full points", name)
                .endsWith(".");
        assertThat(words.description())
                .as("\"description\" of %s: how points are given", name)
                .endsWith(".");
        assertThat(words.examples()).as("\"examples\" of %s", name).isNotEmpty();
        assertThat(words.arguments())
                .as("every argument of %s with a \"description\"", name)
                .allSatisfy(argument ->
                        assertThat(argument.means()).as(argument.name()).isNotBlank());
    }

    @ParameterizedTest
    @FieldSource("CHECKS")
    void every_example_can_be_loaded(String name) throws IOException {
        for (JsonNode example : SchemaWords.of(name).examples()) {
            assertThat(load(name, example)).isNotNull();
        }
    }

    @Test
    void the_document_is_made_of_it() throws IOException {
        String made = document();
        if (Boolean.getBoolean("golden.update")
                && !(Files.exists(DOCUMENT) && Files.readString(DOCUMENT).equals(made))) {
            Files.writeString(DOCUMENT, made);
            fail("wrote " + DOCUMENT + ": read the difference, then run again without -Dgolden.update");
        }
        assertThat(DOCUMENT).exists();
        assertThat(made).as("docs/checks.md; -Dgolden.update=true writes it").isEqualTo(Files.readString(DOCUMENT));
    }

    /** The check as the loader reads it, in a folder with all files that the example may mean. */
    private CheckSpec load(String name, JsonNode example) throws IOException {
        String json = example.toString();
        StringBuilder words = new StringBuilder();
        for (Matcher word = WORD.matcher(json); word.find(); ) {
            words.append("def ").append(word.group()).append("(): ...\n");
        }
        for (Matcher file = FILE.matcher(json); file.find(); ) {
            Path path = folder.resolve(file.group());
            if (Value.isSafe(file.group()) && path.getParent() != null) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, words);
            }
        }
        Files.createDirectories(folder.resolve("hidden"));
        Files.writeString(folder.resolve("hidden/wine.csv"), "x,quality\n" + "1,good\n2,bad\n".repeat(120));
        Files.writeString(folder.resolve("lab.yaml"), """
                {"id": "x", "title": "X", "points": 10, "run": "dvc",
                 "hidden": {"wine": {"file": "hidden/wine.csv", "label": "quality", "predicts": "classes", "min-rows": 200}},
                 "services": {"sorter": {"command": "python serve.py", "port": 8000, "question": {"data": "wine"}}},
                 "checks": [{"id": "c", "title": "C", "points": 10, "%s": %s}]}
                """.formatted(name, json));
        try {
            return LabLoader.load(folder).checks().getFirst().spec();
        } catch (InvalidLab e) {
            throw new AssertionError("the example of " + name + ", " + json + ": " + e.findings(), e);
        }
    }

    private String document() throws IOException {
        Map<Family, List<String>> sections = new TreeMap<>();
        Map<Family, List<String>> names = new TreeMap<>();
        for (String name : CHECKS) {
            SchemaWords words = SchemaWords.of(name);
            CheckSpec spec = load(name, words.examples().getFirst());
            sections.computeIfAbsent(spec.family(), family -> new ArrayList<>()).add(section(name, words, spec));
            names.computeIfAbsent(spec.family(), family -> new ArrayList<>())
                    .add("| [`" + name + "`](#" + name + ") | " + words.title() + " |");
        }
        StringBuilder text = new StringBuilder("""
                # All checks

                Written by `ChecksDocumentTests` from `lab.schema.json` and the checks' own code; to change a word, change it there and run

                    ./mvnw -pl lab-templates test -Dtest=ChecksDocumentTests -Dgolden.update=true

                A check stands in `lab.yaml` with its `id`, `title` and `points`: see [write-a-lab.md](write-a-lab.md). How well a verdict is
                supported, and what less than full proof is worth, is told in [verdicts.md](verdicts.md). *Reads* names the parts of the
                evidence (`evidence.schema.json`) that a check looks at; what has to run for them is run only where a check asks for it.

                """);
        names.forEach((family, rows) -> text.append("**")
                .append(title(family))
                .append("**\n\n| check | full points where |\n|---|---|\n")
                .append(String.join("\n", rows))
                .append("\n\n"));
        sections.forEach((family, all) -> text.append("## ")
                .append(title(family))
                .append("\n\n")
                .append(aside(family))
                .append(String.join("\n", all))
                .append('\n'));
        return text.toString().stripTrailing() + "\n";
    }

    private static String title(Family family) {
        return FAMILIES.getOrDefault(family, words(family.name()));
    }

    private static String aside(Family family) {
        return switch (family) {
            case DVC, MLFLOW, RUN ->
                "With `not-applicable: set-aside` these leave the total of a repository that uses nothing of the kind.\n\n";
            default -> "";
        };
    }

    private static String section(String name, SchemaWords words, CheckSpec spec) {
        StringBuilder text = new StringBuilder("### " + name + "\n" + words.title() + "\n\n");
        text.append("```yaml\n").append(words.yaml(name)).append("```\n\n");
        if (!words.forms().isEmpty()) {
            text.append("Arguments: ")
                    .append(words.forms())
                    .append(words.arguments().isEmpty() ? ".\n\n" : ":\n\n");
        }
        if (!words.arguments().isEmpty()) {
            text.append("| argument | is | means |\n|---|---|---|\n");
            words.arguments()
                    .forEach(argument ->
                            text.append("| `" + argument.name() + "`" + (argument.required() ? ", needed" : "") + " | "
                                    + argument.form() + " | " + argument.means() + " |\n"));
            text.append('\n');
        }
        String reads = new TreeSet<>(spec.needs().stream()
                        .map(request -> part(request.getClass().getSimpleName()))
                        .toList())
                .stream().collect(Collectors.joining(", "));
        return text.append("*Points*: ")
                .append(words.description())
                .append("\n\n*Reads*: ")
                .append(reads)
                .append(".\n")
                .toString();
    }

    private static String part(String name) {
        return PARTS.getOrDefault(name, words(name));
    }

    /** {@code second run} of SecondRun. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
