package org.labharness.autograder.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.gradebook.CourseFacts;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.lab.load.BundledLabs;
import org.labharness.lab.load.CourseLoader;

/** The transcript in the guide is what its own course makes of a student's term. */
class RunACourseTests {
    private static final Path GUIDE = Path.of("../docs/run-a-course.md");
    private static final String HEADING = "## What a student reads\nEvery number can be followed by hand:\n\n";

    @TempDir
    Path folder;

    private static String block(String first) throws IOException {
        Matcher block = Pattern.compile("```yaml\\n(" + first + "\\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private void lab(String id, String yaml) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("labs/" + id)).resolve("lab.yaml"), yaml);
    }

    private CourseFacts course() throws IOException {
        lab("uat", block("id: uat"));
        for (Map.Entry<String, String> one : Map.of("airflow", "Airflow", "monitoring", "Monitoring", "spark", "Spark")
                .entrySet()) {
            lab(one.getKey(), """
                    {id: %s, title: %s, points: 50, run: dvc,
                     checks: [{id: runs, title: It runs, points: 50, reproduces: all}]}
                    """.formatted(one.getKey(), one.getValue()));
        }
        Path file = Files.writeString(folder.resolve("course.yaml"), block("id: mlops-2026"));
        BundledLabs bundled = new BundledLabs(folder.resolve("home"));
        return new CourseFacts(CourseLoader.load(file, bundled::folder));
    }

    private static void assignments(CourseFacts facts, String student) {
        facts.attempt(student, "dvc-pipeline", "2026-08-09 21:00", "31")
                .attempt(student, "dvc-pipeline", "2026-08-11 23:10", "45")
                .attempt(student, "mlflow-tracking", "2026-08-23 09:00", "55")
                .attempt(student, "onnx-registry", "2026-09-01 20:00", "36")
                .attempt("team:alpha", "teamwork", "2026-09-10 12:00", "18")
                .attempt(student, "model-service", "2026-09-19 12:00", "40")
                .attempt(student, "model-service", "2026-09-20 22:00", "38")
                .attempt(student, "airflow", "2026-10-03 12:00", "45")
                .attempt(student, "monitoring", "2026-10-10 12:00", "41")
                .again("43.5", "asha", "2026-10-20 10:00", "labels of alerts are read as well")
                .attempt(student, "spark", "2026-10-19 12:00", "12.5")
                .mark(student, "dashboard", "points", "31")
                .mark(student, "cluster", "points", "40");
    }

    private static void rest(CourseFacts facts, String student) {
        facts.mark(student, "data-challenge", "points", "48.5")
                .mark(student, "challenge-viva", "approach", "17")
                .mark(student, "challenge-viva", "approach", "18", "ravi", false, "")
                .mark(student, "challenge-viva", "questions", "12")
                .mark(student, "challenge-viva", "questions", "15", "ravi", false, "")
                .attempt("team:alpha", "uat", "2026-11-24 12:00", "5");
        for (String item :
                List.of("front-end", "visible", "design", "implementation", "data", "monitoring", "packaging")) {
            facts.mark("team:alpha", "uat", item, item.equals("front-end") ? "5.5" : "2");
        }
        facts.mark(student, "uat", "viva", "6.5")
                .override(
                        student,
                        "uat",
                        Kind.FACTOR,
                        "0.8",
                        "asha",
                        "2026-12-01 10:00",
                        "the team agrees that she did less")
                .mark(student, "attendance", "points", "28");
    }

    @Test
    void theTranscriptIsMadeByTheRulesThatTheGuideShows() throws IOException {
        CourseFacts facts = course().student("CS21B001", "Asha Rao", "alpha", Map.of(), Set.of());
        assignments(facts, "CS21B001");
        rest(facts, "CS21B001");
        Gradebook book = facts.book("2026-12-20 12:00");
        String transcript = Transcript.of(book, book.grades().getFirst(), 100)
                .lines()
                .map(line -> line.isEmpty() ? "" : "    " + line)
                .reduce("", (all, line) -> all + line + "\n");
        String guide = Files.readString(GUIDE);
        String before = guide.substring(0, guide.indexOf(HEADING) + HEADING.length());

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GUIDE, before + transcript);
        }
        assertThat(guide).isEqualTo(before + transcript);
    }
}
