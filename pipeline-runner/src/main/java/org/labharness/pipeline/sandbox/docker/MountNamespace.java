package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether what this process mounts is there for the engine too. It is not where the process has a mount namespace of its own whose
 * mounts stay in it, as {@code unshare --mount} and systemd's ProtectHome=, PrivateTmp= and the like make one: see
 * mount_namespaces(7) and proc_pid_mountinfo(5).
 */
final class MountNamespace {
    static final MountNamespace OURS = new MountNamespace(Path.of("/proc"), Path.of("/run/docker.pid"));

    private static final int MOUNT_POINT = 4;
    private static final int FIRST_OPTIONAL = 6;

    private final Path proc;
    private final Path enginePid;

    /** @param enginePid the file in which the engine writes its process id; the first process of the host stands for it where it is not there */
    MountNamespace(Path proc, Path enginePid) {
        this.proc = proc;
        this.enginePid = enginePid;
    }

    /** Whether the engine sees what is mounted in a folder; true where that cannot be known. */
    boolean reachesEngine(Path folder) {
        Optional<String> ours = of("self");
        Optional<String> engines = enginePid().flatMap(this::of).or(() -> of("1"));
        if (ours.isEmpty() || engines.isEmpty() || ours.equals(engines)) {
            return true;
        }
        try {
            return isShared(Files.readAllLines(proc.resolve("self/mountinfo")), folder);
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether the mount in which a folder lies passes on to others what is mounted in it. */
    private static boolean isShared(List<String> mounts, Path folder) {
        return mounts.stream()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length > FIRST_OPTIONAL && folder.startsWith(fields[MOUNT_POINT]))
                // The last of those that lie deepest covers the others.
                .reduce((one, next) -> depth(next) >= depth(one) ? next : one)
                .map(fields -> Stream.of(fields)
                        .skip(FIRST_OPTIONAL)
                        .takeWhile(field -> !field.equals("-"))
                        .anyMatch(field -> field.startsWith("shared:")))
                .orElse(true);
    }

    private static int depth(String[] fields) {
        return Path.of(fields[MOUNT_POINT]).getNameCount();
    }

    private Optional<String> enginePid() {
        try {
            return Optional.of(Files.readString(enginePid).strip()).filter(pid -> pid.matches("[1-9][0-9]{0,9}"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> of(String process) {
        try {
            return Optional.of(Files.readSymbolicLink(proc.resolve(process).resolve("ns/mnt"))
                    .toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
