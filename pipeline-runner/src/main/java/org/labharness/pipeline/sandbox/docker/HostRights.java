package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the harness may do on this host. */
final class HostRights {
    private static final Path LOOP_CONTROL = Path.of("/dev/loop-control");

    /** A heading, then a line for each. */
    private static final Path SWAPS = Path.of("/proc/swaps");

    private HostRights() {}

    static int uid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new IllegalStateException("/proc is not mounted, so this process cannot know its user", e);
        }
    }

    /** Whether file systems in files can be made and mounted. */
    static boolean canMount() {
        return uid() == 0 && Files.isWritable(LOOP_CONTROL) && hasProgram("mkfs.ext4") && hasProgram("mount");
    }

    /** Whether this host swaps nothing out; false where that cannot be known. */
    static boolean hasNoSwap() {
        try {
            return Files.readAllLines(SWAPS).size() <= 1;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasProgram(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Where the folders of instances are; short, because paths of Unix sockets must be. */
    static Path runtimeFolder() {
        return uid() == 0 ? Path.of("/run/labharness") : Path.of("/tmp/labharness-" + uid());
    }
}
