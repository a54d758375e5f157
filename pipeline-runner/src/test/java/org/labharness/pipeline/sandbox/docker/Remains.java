package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is on this host of one instance: containers, mounts, loop devices, folders, processes.
 *
 * @param home state folder of the harness that made it
 */
public record Remains(Path home, String instance) {
    private static final EngineSocket ENGINE = new EngineSocket(Path.of("/var/run/docker.sock"));

    /** Those of a harness that runs, once it has made its folder. */
    public static Optional<Remains> of(Path home, long harness) {
        try (Stream<Path> folders = Files.list(home.resolve("instances"))) {
            return folders.filter(folder -> !folder.getFileName().toString().endsWith(Leftovers.UNFINISHED))
                    .filter(folder -> read(folder.resolve("owner")).startsWith(harness + " "))
                    .map(folder -> new Remains(home, folder.getFileName().toString()))
                    .findFirst();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    /** Whether a container of this role is there. */
    public boolean has(String role) {
        try {
            List<String> mine = ENGINE.containers(Leftovers.LABEL + "=" + instance);
            return ENGINE.containers("org.labharness.role=" + role).stream().anyMatch(mine::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that is there, a line each; empty where nothing is left. */
    public List<String> found() {
        Path state = home.resolve("instances").resolve(instance);
        Path root = HostRights.runtimeFolder().resolve(instance);
        List<String> found = new ArrayList<>();
        try {
            ENGINE.containers(Leftovers.LABEL + "=" + instance).forEach(id -> found.add("container " + id));
            Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .filter(line -> line.contains(root.toString()))
                    .forEach(found::add);
            try (Stream<Path> loops = Files.list(Path.of("/sys/block"))) {
                loops.map(loop -> loop.resolve("loop/backing_file"))
                        .map(Remains::read)
                        .filter(file -> file.contains(instance))
                        .forEach(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stream.of(state, state.resolveSibling(instance + Leftovers.UNFINISHED), root)
                .filter(Files::exists)
                .forEach(path -> found.add(path.toString()));
        ProcessHandle.allProcesses()
                .map(Remains::commandLine)
                .filter(line -> line.contains(instance))
                .forEach(found::add);
        return found;
    }

    /** The process that cleans up after the instance. */
    ProcessHandle guardian() {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(Guardian.class.getName() + " " + instance))
                .findFirst()
                .orElseThrow();
    }

    private static String commandLine(ProcessHandle process) {
        return read(Path.of("/proc", "" + process.pid(), "cmdline")).replace('\0', ' ');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
