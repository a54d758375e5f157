package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.FullCourse;
import org.labharness.autograder.store.LedgerStore;

class BackupCommandsTests {
    @TempDir
    Path folder;

    private Path home;
    private Path file;

    @BeforeEach
    void fill() {
        home = folder.resolve("home");
        file = folder.resolve("backup.zip");
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            FullCourse.fill(database, new Archive(home, java.time.InstantSource.system()));
        }
    }

    @Test
    void what_was_backed_up_comes_back_elsewhere() {
        Result backup = new Cli(home).run("backup", file.toString());
        assertThat(backup.exit()).as(backup.words()).isZero();
        assertThat(backup.out()).matches("Wrote \\S+/backup.zip: \\d+ rows of \\d+ tables, 7 files of [0-9.]+KiB.\n");

        Path elsewhere = folder.resolve("elsewhere");
        Result restore = new Cli(elsewhere).run("restore", file.toString());

        assertThat(restore.exit()).as(restore.words()).isZero();
        assertThat(restore.out()).startsWith("Restored what was backed up at ").contains("7 files of");
        try (Database database = Database.open(DatabaseAddress.file(elsewhere))) {
            assertThat(new LedgerStore(database).read(FullCourse.COURSE).attempts())
                    .hasSize(3);
        }
    }

    @Test
    void facts_that_are_there_are_not_replaced_unasked() {
        new Cli(home).run("backup", file.toString());

        Result refused = new Cli(home).run("restore", file.toString());
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err())
                .contains("courses.mv.db", "holds facts already", "--replace")
                .hasLineCount(1);

        assertThat(new Cli(home).run("restore", file.toString(), "--replace").exit())
                .isZero();
    }

    @Test
    void files_that_are_there_or_not_there_are_named() throws Exception {
        Files.writeString(file, "x");
        assertThat(new Cli(home).run("backup", file.toString()).err()).contains("There is a file " + file + " already");
        assertThat(new Cli(home)
                        .run("backup", folder.resolve("no/b.zip").toString())
                        .err())
                .contains("There is no folder " + folder.resolve("no"));
        assertThat(new Cli(home)
                        .run("restore", folder.resolve("no.zip").toString())
                        .err())
                .contains("There is no file " + folder.resolve("no.zip"));
        Result damaged = new Cli(home).run("restore", file.toString(), "--replace");
        assertThat(damaged.exit()).isEqualTo(4);
        assertThat(damaged.err())
                .startsWith("The system broke (database): The backup " + file + " is damaged: it is no archive")
                .hasLineCount(1);
        assertThat(new Cli(home).run("gc", "--preview").out()).contains("3 bundles");
    }
}
