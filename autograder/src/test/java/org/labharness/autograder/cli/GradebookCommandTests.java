package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.store.LargeCourse;
import org.labharness.autograder.table.CsvTable;

/** Everything that {@code ./lab gradebook} writes, from a database. */
class GradebookCommandTests {
    private static final int STUDENTS = 12;

    @TempDir
    static Path folder;

    @BeforeAll
    static void aCourse() throws IOException {
        LargeCourse.main(new String[] {folder.toString(), "" + STUDENTS, "2"});
    }

    private static Result gradebook(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "gradebook",
                                "--course",
                                folder.resolve("course.yaml").toString(),
                                "--as-of",
                                "2026-12-01 12:00"),
                        Stream.of(more))
                .toArray(String[]::new);
        return new Cli(folder.resolve("home")).run(arguments);
    }

    @Test
    void withoutAFileTheTableIsShown() {
        Result result = gradebook();

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("CS26B0012", STUDENTS + " students");
    }

    @Test
    void everyFormIsWrittenInOneGo(@TempDir Path out) throws IOException {
        Result result = gradebook(
                "--csv",
                out.resolve("g.csv").toString(),
                "--json",
                out.resolve("g.json").toString(),
                "--html",
                out.resolve("pages").toString(),
                "--markdown",
                out.resolve("feedback").toString());

        assertThat(result.err()).contains("Table: ", "JSON: ", "Pages: ", "Feedback: " + STUDENTS + " files");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(CsvTable.read(out.resolve("g.csv")).rows()).hasSize(STUDENTS);
        assertThat(out.resolve("g.json")).content().contains("labharness/gradebook/1");
        String page = Files.readString(out.resolve("pages/index.html"));
        assertThat(page).contains("href=\"cs26b0001.html\"", "The hardest checks", "Check 10 of the lab");
        assertThat(out.resolve("pages/cs26b0001.html")).content().contains("What the checks said", "CS26B0001");
        assertThat(out.resolve("feedback/cs26b0001.md")).content().startsWith("# A large course: Student Number 1");
        try (Stream<Path> pages = Files.list(out.resolve("pages"))) {
            assertThat(pages).hasSize(STUDENTS + 1);
        }
    }

    @Test
    void aTableCanGoToStandardOutput() {
        assertThat(gradebook("--csv", "-").out()).startsWith("student,name,section,team,lab a1,");
        assertThat(gradebook("--csv", "-", "--format", "moodle").out()).startsWith("ID number,Email address,");
        assertThat(gradebook("--csv", "-", "--format", "canvas", "--column", "a1=First (7)")
                        .out())
                .startsWith("Student,ID,SIS User ID,SIS Login ID,Section,First (7),Lab 2,");
    }

    @Test
    void wrongUseIsSaidBeforeAnythingIsRead(@TempDir Path out) {
        List<String[]> wrong = List.of(
                new String[] {"--bom"},
                new String[] {"--format", "canvas"},
                new String[] {"--csv", "-", "--json", "-"},
                new String[] {"--csv", "-", "--column", "a1=x"},
                new String[] {"--csv", "-", "--format", "canvas", "--column", "a99=x"},
                new String[] {"--csv", out.resolve("none/g.csv").toString()},
                new String[] {"--csv", "-", "--format", "excel"},
                new String[] {"--csv", "-", "--format", "canvas", "--column", "a1="},
                new String[] {"--csv", "-", "--format", "canvas", "--column", "a1=x", "--column", "a2=x"},
                new String[] {
                    "--csv",
                    out.resolve("g").toString(),
                    "--json",
                    out.resolve("./g").toString()
                },
                new String[] {"--explain", "CS26B0001", "--csv", "-"});

        assertThat(wrong).allSatisfy(arguments -> {
            Result result = gradebook(arguments);
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).isNotBlank();
        });
        assertThat(gradebook("--csv", "-", "--format", "canvas", "--column", "a99=x")
                        .err())
                .contains("has no lab 'a99'", "Did you mean");
    }

    @Test
    void anExportThatIsNoTableIsNamed(@TempDir Path out) {
        Result result = gradebook(
                "--csv",
                "-",
                "--format",
                "canvas",
                "--columns-from",
                out.resolve("gone.csv").toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("gone.csv");
    }

    @Test
    void whatAnExportDoesNotHaveIsSaid(@TempDir Path out) throws IOException {
        Path export = Files.writeString(
                out.resolve("exported.csv"),
                "Student,ID,SIS User ID,SIS Login ID,Section,Lab 1 (7),Lab 2 (8)\n\"Number 1, Student\",1,CS26B0001,,,,\n");

        Result result = gradebook(
                "--csv", "-", "--format", "canvas", "--columns-from", export.toString(), "--column", "a3=Third (9)");

        assertThat(result.err())
                .contains(
                        "exported.csv has no column for a4, a5, a6, a7, a8, a9, a10, a11, a12, viva. Name it: --column LAB=NAME.",
                        "exported.csv has no line for CS26B0002, CS26B0003,");
        assertThat(result.out())
                .startsWith("Student,ID,SIS User ID,SIS Login ID,Section,Lab 1 (7),Lab 2 (8),Third (9),");
    }
}
