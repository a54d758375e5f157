package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.cli.Cli.Result;

/** The state folder on a disk that is too small. */
class DiskFullIT {
    @TempDir
    Path folder;

    private static void host(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", argv)).isZero();
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        host("umount", folder.resolve("disk").toString());
    }

    /** The smaller one has no room for a bundled lab, the other none for the file system of a submission. */
    @ParameterizedTest
    @CsvSource({"64k, grade --lab dvc-pipeline", "64k, inspect --lab dvc-pipeline", "1m, grade --lab TINY"})
    void is_said_in_one_sentence_with_what_to_do(String size, String line) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        host("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString());
        Path home = RealHome.empty(disk.resolve("home"));
        String lab = Tiny.lab(folder.resolve("tiny"), "30s").toString();
        String repository = Tiny.good(folder.resolve("student-07")).toString();

        Result result =
                new Cli(home).with(System.getenv()).run((line.replace("TINY", lab) + " " + repository).split(" ", -1));

        assertThat(result.exit()).as(result.words()).isEqualTo(4);
        assertThat(result.words().replaceAll("\\s+", " "))
                .contains("disk-full", "The disk of", "Free some space")
                .doesNotContain("Exception");
        assertThat(home.resolve("instances"))
                .satisfiesAnyOf(
                        instances -> assertThat(instances).doesNotExist(),
                        instances -> assertThat(instances).isEmptyDirectory());
    }
}
