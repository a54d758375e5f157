package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.pipeline.SystemBroke;

/** The embedded database on a disk that gets full, or that nobody may write. */
class FullDiskIT {
    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk"));
        host("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        host("umount", disk.toString());
    }

    private static void host(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", argv)).isZero();
    }

    @Test
    void isSaidInOneSentenceAndLosesNothingThatWasCommitted() throws Exception {
        DatabaseAddress address = DatabaseAddress.file(disk);
        int[] written = {0};
        SystemBroke broke = catchThrowableOfType(SystemBroke.class, () -> {
            try (Database database = Database.open(address)) {
                new RosterStore(database).note(SampleCourse.named("mlops"), OnDatabase.NOON);
                SubmissionStore store = new SubmissionStore(database);
                for (; written[0] < 10_000; written[0]++) {
                    long submission = store.submission(
                            OnDatabase.COURSE, SampleFacts.submission("c" + written[0]), OnDatabase.NOON);
                    store.run(submission, wordy());
                }
            }
        });
        assertThat(broke)
                .hasMessageContaining(
                        "cannot be written: its disk is full. Free some space, then run the command again.");

        assertThat(written[0]).as("the disk holds an empty database").isPositive();

        host("mount", "-o", "remount,size=64m", disk.toString());
        try (Database database = Database.open(address)) {
            assertThat(new LedgerStore(database).read(OnDatabase.COURSE).attempts())
                    .hasSizeGreaterThanOrEqualTo(written[0]);
            new SubmissionStore(database)
                    .submission(OnDatabase.COURSE, SampleFacts.submission("more"), OnDatabase.NOON);
        }
    }

    @Test
    void aFileThatNobodyMayWriteIsNamed() throws Exception {
        DatabaseAddress address = DatabaseAddress.file(folder);
        Database.open(address).close();
        Path file = folder.resolve("database/courses.mv.db");
        Path elsewhere = Files.move(file, disk.resolve("courses.mv.db"));
        Files.createSymbolicLink(file, elsewhere);
        host("mount", "-o", "remount,ro", disk.toString());

        SystemBroke broke = catchThrowableOfType(
                SystemBroke.class, () -> Database.open(address).close());

        assertThat(broke).hasMessageContaining("may be read by this user, and not written");
    }

    private static RunFact wordy() {
        StringBuilder words = new StringBuilder();
        java.util.Random random = new java.util.Random();
        for (int i = 0; i < 3_900; i++) {
            words.append((char) (' ' + random.nextInt(90)));
        }
        return new RunFact("d", "i", 1, RunFact.End.BROKEN, "code", words.toString(), null, List.of(), OnDatabase.NOON);
    }
}
