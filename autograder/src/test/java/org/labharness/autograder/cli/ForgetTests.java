package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.FullCourse;
import org.springframework.jdbc.core.JdbcTemplate;

class ForgetTests {
    @TempDir
    Path home;

    private Path course;
    private Archive archive;
    private Path evidence;
    private Path data;
    private Path pushed;

    @BeforeEach
    void fill() throws IOException {
        course = home.resolve("course.yaml");
        Files.writeString(course, """
                id: mlops
                title: MLOps
                time-zone: UTC
                components:
                  labs:
                    title: Labs
                    weight: 100
                    labs:
                      - {id: viva, title: Viva, points: 8}
                """);
        archive = new Archive(home, InstantSource.system());
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            FullCourse.fill(database, archive);
        }
        evidence = Files.createDirectories(home.resolve("evidence/dvc-pipeline/CS21B001-ada-refs"));
        Files.writeString(evidence.resolve("evidence.json"), "{}");
        data = Files.createDirectories(home.resolve("dvc/mlops/student-CS21B001/dvc-pipeline"));
        pushed = Files.createDirectories(home.resolve("pushed/mlops/student-CS21B001/dvc-pipeline.git"));
    }

    private Result forget(String... arguments) {
        return new Cli(home)
                .run(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("forget", "--course", course.toString()),
                                java.util.stream.Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @Test
    void what_goes_and_what_stays_is_said_first_and_nothing_is_changed() throws IOException {
        Result result = forget("CS21B001");

        assertThat(result.exit()).as(result.words()).isZero();
        assertThat(result.out().replaceAll("\\d\\.?\\d* ?Ki?B", "SIZE")).isEqualTo("""
                Would forget: CS21B001, Ada Ünlü, in the course mlops.

                Goes:
                  id, name, mail address, section and repositories in the roster
                  submissions: repository, ref, commit (1)
                  gradings: who asked for them, why, what was said (1)
                  collections: messages (1)
                  runs: messages, evidence (1)
                  verdicts: sentences, hints, places (1)
                  remarks beside marks (1)
                  reasons of overrides (1)
                  reasons why overrides were taken back (1)
                  entries of data challenges: names of files, and files that are not a team's (1)
                  what was refused of data challenges: names of files, messages (1)
                  pushes that forges told of: repository, ref, commit, messages (1)
                  reports to forges: repository, commit, message, link (2)
                  requests of programs under keys of their own (1)
                  other texts that named the student (1)
                  what the student was shown at releases
                  files of the store: 2 files, SIZE, that nobody else's work needs
                  evidence, repositories and data beside the store: 3 folders

                Stays, without a name:
                  points, verdicts, marks, overrides, extensions, times of submissions, and who decided what
                  work of the team alpha as it is, with its repository and evidence: the grades of 1 other stands on it

                Not reached: backups, reports and tables that were written to files, the student's repository itself,
                and texts that name the student in other words. A roster that still holds CS21B001
                brings the student back at its next import.

                Nothing was changed. --yes does it; it cannot be taken back.
                """);
        assertThat(archive.list()).hasSize(7);
        assertThat(evidence).isDirectory();
        assertThat(database()).contains("Ada ", "ada@example.org");
    }

    /** The bytes of its file; the database writes letters beyond ASCII in a way of its own. */
    private String database() throws IOException {
        return Files.readString(home.resolve("database/courses.mv.db"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_forgotten_student_is_nowhere_not_even_in_what_was_deleted() throws IOException {
        Result result = forget("CS21B001", "--yes");

        assertThat(result.exit()).as(result.words()).isZero();
        assertThat(result.out())
                .startsWith("Forgotten: CS21B001, Ada Ünlü")
                .contains("What stays is under 'forgotten-");
        assertThat(archive.list()).hasSize(5);
        assertThat(evidence).doesNotExist();
        assertThat(data).doesNotExist();
        assertThat(pushed).doesNotExist();
        assertThat(database()).contains("Bo Li").doesNotContain("Ada ", "ada@example.org", "/home/ada");
        Result again = forget("CS21B001", "--yes");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("The roster has no student 'CS21B001'.", "Did you mean 'CS21B002'?");
    }

    @Test
    void whose_work_is_being_graded_is_named_and_nothing_is_changed() {
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            new JdbcTemplate(database.dataSource()).update("update grading set state = 'running'");
        }

        Result result = forget("CS21B001", "--yes");

        assertThat(result.exit()).as(result.words()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("Work of CS21B001 is being graded (submission ")
                .contains("Nothing was changed; run the command again when ./lab status names it no more.");
        assertThat(evidence).isDirectory();
        assertThat(forget("CS21B001").exit()).isZero();
    }

    @Test
    void ids_that_are_none_are_named() {
        for (String wrong : List.of("CS21B01", "no such", "")) {
            Result result = forget(wrong);
            assertThat(result.exit()).as(wrong).isEqualTo(2);
            assertThat(result.err()).contains("'" + wrong + "'").doesNotContain("Exception");
        }
    }
}
