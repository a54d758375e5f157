package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the harness may do on this host. */
final class HostRights {
    static final String NOT_ROOT = "the harness does not run as root";

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

    /** Why no file systems in files can be made and mounted where an engine of this host sees them; empty where they can. */
    static Optional<String> whyNoMounts() {
        if (uid() != 0) {
            return Optional.of(NOT_ROOT);
        }
        if (!Files.isWritable(LOOP_CONTROL) || !hasProgram("mkfs.ext4") || !hasProgram("mount")) {
            return Optional.of("there are no loop devices, or mkfs.ext4 is not installed");
        }
        return MountNamespace.OURS.reachesEngine(runtimeFolder())
                ? Optional.empty()
                : Optional.of(
                        "the engine does not see what this process mounts: it runs in a mount namespace of its own, such as"
                                + " systemd makes for ProtectHome=, ProtectSystem= or PrivateTmp=");
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
