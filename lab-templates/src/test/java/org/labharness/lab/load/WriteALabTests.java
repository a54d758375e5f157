package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Lab;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The guide for authors says what the schema says. */
class WriteALabTests {
    private static final Path GUIDE = Path.of("../docs/write-a-lab.md");

    @TempDir
    Path folder;

    private static void keys(JsonNode schema, Set<String> found) {
        schema.path("properties").propertyNames().forEach(found::add);
        schema.forEach(part -> keys(part, found));
    }

    private String example(String first) throws IOException {
        Matcher block = Pattern.compile("```yaml\\n(" + first + ".*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private Lab example() throws IOException {
        Files.createDirectories(folder.resolve("inputs"));
        Files.writeString(folder.resolve("inputs/raw.csv"), "a\n");
        Files.writeString(folder.resolve("lab.yaml"), example("id:"));
        return LabLoader.load(folder);
    }

    @Test
    void names_every_key_of_the_schema_and_leaves_checks_to_their_own_document() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (InputStream in = Objects.requireNonNull(LabLoader.class.getResourceAsStream("lab.schema.json"))) {
            JsonNode schema = JsonMapper.shared().readTree(in);
            keys(schema.path("properties"), keys);
            keys.addAll(schema.path("properties").propertyNames());
            keys.addAll(Rubric.KEYS);
        }
        String guide = Files.readString(GUIDE);

        assertThat(keys).contains("id", "hint", "unreachable").doesNotContain("metric-at-least");
        assertThat(keys)
                .allSatisfy(key -> assertThat(guide)
                        .matches(
                                text -> text.contains("`" + key + "`") || text.contains("{" + key + ":"),
                                "names " + key));
    }

    @Test
    void shows_a_lab_that_can_be_loaded() throws IOException {
        assertThat(example().checks()).hasSize(4);
    }

    @Test
    void shows_a_form_that_can_be_loaded() throws IOException {
        Files.writeString(folder.resolve("lab.yaml"), example("id: uat-demo"));

        assertThat(LabLoader.load(folder).form().items()).hasSize(4);
    }

    @Test
    void shows_a_check_of_ones_own_whose_tests_are_in_the_file_beside_it() throws IOException {
        Matcher tests = Pattern.compile("```python\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(tests.find()).isTrue();
        Files.createDirectories(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/test_report.py"), tests.group(1));
        Files.writeString(
                folder.resolve("lab.yaml"),
                "id: own\ntitle: My own\npoints: 5\nrun: dvc\nchecks:\n" + example("  - id: report"));

        assertThat(LabLoader.load(folder).checks()).hasSize(1);
    }

    @Test
    void shows_expectations_that_can_be_loaded() throws IOException {
        Lab lab = example();
        Files.createDirectories(folder.resolve("solution/data"));
        Files.writeString(folder.resolve("solution/data/raw.csv.dvc"), "outs: []\n");
        for (String name : new String[] {"starter", "faulty/stage-fails", "faulty/crlf-lock", "faulty/data-in-git"}) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.writeString(folder.resolve("expected.yaml"), example("solution:"));

        assertThat(SampleLoader.load(lab)).hasSize(5);
    }
}
