package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountNamespaceTests {
    private static final Path FOLDER = Path.of("/run/labharness");

    @TempDir
    Path proc;

    @BeforeEach
    void aServiceOfSystemd() throws IOException {
        namespace("1", "mnt:[4026531840]");
        namespace("self", "mnt:[4026532199]");
        mounts("master:1", "master:5");
    }

    private void namespace(String process, String name) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(process).resolve("ns"));
        Files.deleteIfExists(folder.resolve("mnt"));
        Files.createSymbolicLink(folder.resolve("mnt"), Path.of(name));
    }

    private void mounts(String root, String run) throws IOException {
        Files.writeString(
                proc.resolve("self/mountinfo"),
                "27 1 254:0 / / rw,relatime " + root + " - ext4 /dev/vda rw\n"
                        + "30 27 0:25 / /run rw,nosuid " + run + " - tmpfs tmpfs rw\n"
                        + "31 27 0:26 / /runner rw,nosuid shared:9 - tmpfs tmpfs rw\n");
    }

    private boolean reaches() {
        return new MountNamespace(proc, proc.resolve("docker.pid")).reachesEngine(FOLDER);
    }

    @Test
    void what_is_mounted_in_a_namespace_that_only_receives_is_not_seen() {
        assertThat(reaches()).isFalse();
    }

    @Test
    void the_mount_in_which_the_folder_lies_decides() throws IOException {
        mounts("master:1", "shared:7 master:5");
        assertThat(reaches()).isTrue();
        mounts("shared:1", "master:5");
        assertThat(reaches()).isFalse();
    }

    @Test
    void in_the_engine_s_own_namespace_all_is_seen() throws IOException {
        namespace("self", "mnt:[4026531840]");
        assertThat(reaches()).isTrue();
    }

    @Test
    void the_engine_that_runs_counts_and_not_the_first_process() throws IOException {
        namespace("4711", "mnt:[4026532199]");
        Files.writeString(proc.resolve("docker.pid"), "4711\n");
        assertThat(reaches()).isTrue();
        namespace("4711", "mnt:[4026531840]");
        assertThat(reaches()).isFalse();
        Files.writeString(proc.resolve("docker.pid"), "../self");
        assertThat(reaches()).isFalse();
    }

    @Test
    void where_nothing_is_known_nothing_is_said() throws IOException {
        Files.delete(proc.resolve("1/ns/mnt"));
        assertThat(reaches()).isTrue();
    }
}
