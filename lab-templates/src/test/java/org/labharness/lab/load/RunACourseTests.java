package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.FormItem;
import org.labharness.lab.Points;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The guide for those who run a course says what the schema says, and its examples are courses. */
class RunACourseTests {
    private static final Path GUIDE = Path.of("../docs/run-a-course.md");

    @TempDir
    Path folder;

    @BeforeEach
    void writeTheLabs() throws IOException {
        lab("uat", block("id: uat"));
        for (String id : List.of("airflow", "monitoring", "spark")) {
            lab(id, """
                    {id: %s, title: A lab, points: 50, run: dvc,
                     checks: [{id: runs, title: It runs, points: 50, reproduces: all}]}
                    """.formatted(id));
        }
    }

    private void lab(String id, String yaml) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("labs/" + id)).resolve("lab.yaml"), yaml);
    }

    private static String block(String first) throws IOException {
        Matcher block = Pattern.compile("```yaml\\n(" + first + "\\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private Course course(String yaml) throws IOException {
        Path file = folder.resolve("course.yaml");
        Files.writeString(file, yaml);
        return CourseLoader.load(file, name -> new BundledLabs(folder.resolve("home")).folder(name));
    }

    private static void keys(JsonNode schema, Set<String> found) {
        schema.path("properties").propertyNames().forEach(found::add);
        schema.forEach(part -> keys(part, found));
    }

    @Test
    void names_every_key_of_the_schema() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (InputStream in = Objects.requireNonNull(CourseLoader.class.getResourceAsStream("course.schema.json"))) {
            keys(JsonMapper.shared().readTree(in), keys);
        }
        String guide = Files.readString(GUIDE);

        assertThat(keys).contains("per-day", "cool-down", "graders", "cancelled");
        assertThat(keys).allSatisfy(key -> assertThat(guide).containsPattern("`([^`\\n]*[{ ])?" + key + "(`|: )"));
    }

    @Test
    void shows_the_whole_course_by_its_own_rules() throws IOException {
        Course course = course(block("id: mlops-2026"));
        Component assignments = course.components().getFirst();

        assertThat(course.components())
                .extracting(component -> component.weight().intValueExact())
                .containsExactly(60, 20, 15, 5);
        assertThat(assignments.best()).isEqualTo(8);
        assertThat(assignments.offered()).isEqualTo(10);
        assertThat(assignments.labs()).hasSize(10);
    }

    @Test
    void shows_an_application_that_machine_and_people_mark() throws IOException {
        CourseLab uat = course(block("id: mlops-2026")).labs().stream()
                .filter(lab -> lab.id().value().equals("uat"))
                .findFirst()
                .orElseThrow();

        assertThat(uat.points()).isEqualTo(Points.of(35));
        assertThat(uat.machine()).isEqualTo(Points.of(6));
        assertThat(uat.form().items()).filteredOn(FormItem::personal).hasSize(1);
    }

    @Test
    void shows_rules_about_coming_late_that_can_be_loaded() throws IOException {
        Matcher rules =
                Pattern.compile("(?m)^\\| `(refused|accepted|\\{[^`]*\\})` \\|").matcher(Files.readString(GUIDE));
        int found = 0;
        while (rules.find()) {
            String rule = rules.group(1);
            String days = rule.contains("bank") ? "late-days: 3\n" : "";
            assertThat(course("""
                    id: mlops
                    title: MLOps
                    time-zone: UTC
                    late: %s
                    %scomponents: {all: {title: All, weight: 100, labs: [{lab: labs/spark, due: 2026-09-01}]}}
                    """.formatted(rule, days)).labs()).as(rule).hasSize(1);
            found++;
        }
        assertThat(found).isEqualTo(8);
    }
}
