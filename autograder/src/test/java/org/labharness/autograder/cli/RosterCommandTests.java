package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.sample.Golden;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** The commands about who takes a course, on a database of their own. */
class RosterCommandTests {
    @TempDir
    Path folder;

    @BeforeEach
    void describeTheCourse() throws IOException {
        write("course.yaml", """
                id: mlops
                title: MLOps
                time-zone: Asia/Kolkata
                components:
                  labs:
                    title: Labs
                    weight: 100
                    labs:
                      - {lab: dvc-pipeline, due: 2026-09-11}
                      - {id: viva, title: Viva, points: 8}
                """);
        write("students.csv", """
                id,name,mail,repository
                cs1,Ada,ada@example.org,work/{student}
                cs2,Bo,bo@example.org,work/{student}
                cs3,Chi,chi@example.org,work/{student}
                """);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Result run(String command, Object... arguments) {
        String[] all = Stream.concat(
                        Stream.of(command, "--course", folder.resolve("course.yaml")), Stream.of(arguments))
                .map(String::valueOf)
                .toArray(String[]::new);
        return new Cli(folder.resolve("home")).run(all);
    }

    private Result roster(Object... arguments) {
        return run("roster", arguments);
    }

    private Result apply(String name, Object... more) {
        return roster(Stream.concat(Stream.of(folder.resolve(name), "--apply"), Stream.of(more))
                .toArray());
    }

    @Nested
    class A_table {
        @Test
        void is_shown_applied_once_and_then_has_nothing_to_change() throws IOException {
            write("students.csv", """
                    id,name,mail,repository
                    cs1,Ada,ada@example.org,https://git.example.org/{student}.git
                    cs2,Bo,bo@example.org,https://git.example.org/{student}.git
                    cs3,Chi,chi@example.org,https://git.example.org/{student}.git
                    """);
            StringBuilder seen = new StringBuilder();
            seen.append(roster(folder.resolve("students.csv")).out());
            assertThat(roster().out()).contains("0 students");
            seen.append("--- --apply\n").append(apply("students.csv").out());
            seen.append("--- once more\n").append(apply("students.csv").out());
            write("students.csv", """
                    id,name,mail,repository,hobby
                    cs1,Ada,ada@new.example.org,https://git.example.org/{student}.git,chess
                    cs3,Chi,chi@example.org,https://git.example.org/{student}.git,
                    cs4,Di,,https://git.example.org/{student}.git,
                    """);
            seen.append("--- another list\n").append(apply("students.csv").out());
            seen.append("--- the roster\n").append(roster().out());
            Golden.check("roster/session.txt", seen.toString());
        }

        @Test
        void that_is_a_part_leaves_the_others_unless_it_replaces_them() throws IOException {
            apply("students.csv");
            write("part.csv", "id,section\ncs1,B\n");
            assertThat(apply("part.csv").out())
                    .contains("note: 2 of the roster are not in it and stay: cs2, cs3. With --replace they leave.")
                    .contains("Done: 0 added, 1 changed, 0 gone.");
            assertThat(apply("part.csv", "--replace").out()).contains("Done: 0 added, 0 changed, 2 gone.");
            assertThat(roster().out()).contains("1 student, 1 section.");
        }

        @Test
        void that_lacks_most_students_is_not_taken_for_the_whole_by_accident() throws IOException {
            apply("students.csv");
            write("late.csv", "id,name\ncs4,Di\n");
            assertThat(roster(folder.resolve("late.csv")).out())
                    .contains("Nothing is changed yet: 3 of 3 students would leave. Is this the whole list? Then say"
                            + " --replace; if it is a part of it, --keep.");
            Result refused = apply("late.csv");
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("Nothing was changed: 3 of 3 students would leave.");
            assertThat(apply("late.csv", "--keep").out()).contains("Done: 1 added, 0 changed, 0 gone.");
            assertThat(roster().out()).contains("4 students");
        }

        @Test
        void that_new_course_begins_can_be_brought_in() {
            Path begun = folder.resolve("begun");
            Cli cli = new Cli(folder.resolve("home"));
            assertThat(cli.run("new-course", begun.toString()).exit()).isZero();
            Result result = cli.run(
                    "roster",
                    "--course",
                    begun.resolve("course.yaml").toString(),
                    begun.resolve("roster.csv").toString(),
                    "--apply");
            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .contains("Done: 3 added, 0 changed, 0 gone.")
                    .doesNotContain("note:");
        }

        @Test
        void with_problems_changes_nothing() throws IOException {
            write("bad.csv", "id,name,extension:dvc-pipelin\ncs9,,2d\n");
            Result result = apply("bad.csv");
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err())
                    .contains("it has 2 problems", "line 1:", "Did you mean 'dvc-pipeline'?", "line 2:")
                    .doesNotContain("Exception");
            assertThat(roster().out()).contains("0 students");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                roster --apply                                       | name a table
                roster nowhere.csv                                   | there is no file
                roster students.csv --keep --replace                 | mutually exclusive
                roster --extend cs1 dvc-pipeline 2d                  | Say why
                roster students.csv --extend cs1 viva 2d --why x     | leave the table
                roster --extend cs1 --why x                          | --extend
                doctor                                               | The roster of mlops is empty
                doctor --lab dvc-pipelin                                | Did you mean
                doctor --parallel 0                                  | --parallel takes 1 to 64, not 0
                """)
        void that_is_used_wrongly_is_named(String line, String words) {
            String[] parts = line.replace(
                            "students.csv", folder.resolve("students.csv").toString())
                    .split(" ", -1);
            Result result = run(parts[0], (Object[]) java.util.Arrays.copyOfRange(parts, 1, parts.length));
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains(words).doesNotContain("Exception");
        }
    }

    @Nested
    class An_extension {
        @Test
        void is_given_changed_and_taken_back() {
            apply("students.csv");
            assertThat(roster("--extend", "cs2", "dvc-pipeline", "2d", "--why", "ill")
                            .out())
                    .isEqualTo(
                            "changed (1)\n  cs2  Bo\n      extension:dvc-pipeline: none -> 2d (until 2026-09-14 00:00)\n");
            assertThat(roster("--extend", "cs2", "dvc-pipeline", "2026-09-20 12:00", "--why", "still ill")
                            .out())
                    .contains("2d (until 2026-09-14 00:00) -> until 2026-09-20 12:00");
            assertThat(roster("--extend", "cs2", "dvc-pipeline", "2026-09-20 12:00", "--why", "again")
                            .out())
                    .isEqualTo("Nothing to change.\n");
            assertThat(apply("students.csv").out()).as("no column, so it stays").contains("Nothing to change.");
            assertThat(roster("--extend", "cs2", "dvc-pipeline", "none", "--why", "well again")
                            .out())
                    .contains("until 2026-09-20 12:00 -> none");
        }

        @Test
        void that_cannot_be_is_refused() {
            apply("students.csv");
            assertThat(roster("--extend", "cs9", "dvc-pipeline", "2d", "--why", "x")
                            .err())
                    .contains("no student 'cs9'. Did you mean 'cs1'?");
            assertThat(roster("--extend", "cs1", "dvc", "2d", "--why", "x").exit())
                    .isEqualTo(2);
            assertThat(roster("--extend", "cs1", "dvc-pipeline", "2026-09-01", "--why", "x")
                            .err())
                    .contains("--extend: '2026-09-01' is before the deadline of dvc-pipeline (2026-09-12 00:00)");
        }
    }

    @Nested
    class The_roster_as_a_table {
        @Test
        void can_be_brought_in_again_and_changes_nothing() throws IOException {
            apply("students.csv");
            roster("--extend", "cs2", "dvc-pipeline", "2026-09-20 12:00", "--why", "ill");
            Path written = folder.resolve("written.csv");
            assertThat(roster("--csv", written).out()).isEqualTo("Written: " + written + ", 3 students.\n");
            assertThat(written)
                    .content()
                    .startsWith(
                            "id,name,mail,team,section,repository,extension:dvc-pipeline\r\ncs1,Ada,ada@example.org,,,"
                                    + folder.resolve("work/{student}") + ",\r\n")
                    .contains(",2026-09-20 12:00\r\n");
            assertThat(apply("written.csv").out())
                    .contains("Nothing to change.")
                    .doesNotContain("note:");
            assertThat(roster("--csv", "-").out()).isEqualTo(Files.readString(written));
        }

        @Test
        void leaves_out_what_would_be_refused_and_says_so() throws IOException {
            apply("students.csv");
            roster("--extend", "cs2", "dvc-pipeline", "2026-09-20 12:00", "--why", "ill");
            write(
                    "course.yaml",
                    Files.readString(folder.resolve("course.yaml")).replace("due: 2026-09-11", "due: 2026-10-11"));
            Result result = roster("--csv", folder.resolve("written.csv"));
            assertThat(result.err()).contains("note: extension:dvc-pipeline is left out: one is before the deadline");
            assertThat(apply("written.csv").out()).contains("Nothing to change.");
        }

        @Test
        void goes_where_it_can_be_written() {
            assertThat(roster("--csv", folder.resolve("no/where.csv")).err()).contains("does not exist");
            assertThat(roster(folder.resolve("students.csv"), "--csv", "-").err())
                    .contains("leave the table and --extend out");
        }
    }

    @Nested
    class The_doctor {
        @Test
        void reaches_every_repository_or_says_why_not() {
            apply("students.csv");
            for (String id : new String[] {"cs1", "cs2"}) {
                try (RepositoryBuilder builder =
                        RepositoryBuilder.create(folder.resolve("work").resolve(id))) {
                    if (id.equals("cs1")) {
                        builder.write("a.txt", "1").commit("one", Instant.parse("2026-09-01T10:00:00Z"));
                    }
                }
            }
            Result result = run("doctor");
            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.out().replace(folder.toString(), "FOLDER")).isEqualTo("""
                    MLOps (mlops): 3 repositories asked for, of dvc-pipeline.
                    Can be read: 2 of 3 (each student's work for each lab).
                    Nothing was pushed yet: cs2 (dvc-pipeline).

                    Not found (1). Correct the address in the roster, or let the student make the repository.
                      cs3 (dvc-pipeline)
                          There is no folder 'FOLDER/work/cs3'. Check the spelling, or give the URL of the repository.
                    """);
            RepositoryBuilder.create(folder.resolve("work/cs3")).close();
            assertThat(run("doctor").exit()).isZero();
        }

        @Test
        void explains_itself() {
            assertThat(run("doctor", "--help").out()).contains("Examples:", "--lab", "--timeout");
        }
    }
}
