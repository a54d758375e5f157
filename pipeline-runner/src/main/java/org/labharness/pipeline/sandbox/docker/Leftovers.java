package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything on the host that belongs to one instance, found by its id alone: containers by label, mounts by place, loop devices by the
 * files behind them, folders. Uses the JDK only, because the guardian runs it.
 *
 * @param state folder with owner mark and disk images
 * @param root folder with mount points and sockets
 */
record Leftovers(String instance, Path state, Path root, EngineSocket engine) {
    static final String LABEL = "org.labharness.instance";
    static final String UNFINISHED = ".new";
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final Path BLOCK = Path.of("/sys/block");

    /** Removes until two looks in a row find nothing; what a dying engine call makes late is found by the next look. */
    void removeAll(long maxMillis, long lookMillis) throws InterruptedException {
        long until = System.nanoTime() + maxMillis * 1_000_000;
        int clean = 0;
        while (clean < 2 && System.nanoTime() < until) {
            clean = removeOnce() ? clean + 1 : 0;
            if (clean < 2) {
                Thread.sleep(lookMillis);
            }
        }
    }

    /** What was found of the instance's containers. */
    private enum Containers {
        NONE,
        SOME,
        /** The engine does not answer; their init ends them by itself. */
        UNKNOWN
    }

    /**
     * Removes what is there now; whether nothing was left. Where the engine does not answer, the owner's mark stays: whoever sweeps after
     * a dead owner looks for its containers then.
     */
    boolean removeOnce() {
        Containers containers = removeContainers();
        boolean mounts = unmount();
        boolean loops = detachLoops();
        deleteTree(root);
        boolean known = containers != Containers.UNKNOWN;
        if (known) {
            deleteTree(state);
        } else {
            deleteAllButMark();
        }
        deleteTree(unfinished(state));
        return containers != Containers.SOME
                && mounts
                && loops
                && !Files.exists(root)
                && !(known && Files.exists(state));
    }

    private void deleteAllButMark() {
        if (!Files.isDirectory(state)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(state)) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(OwnerMark.FILE)) {
                    deleteTree(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            report(state.toString(), new IOException(e));
        }
    }

    private Containers removeContainers() {
        List<Thread> removals = new ArrayList<>();
        try {
            for (String id : engine.containers(LABEL + "=" + instance)) {
                removals.add(Thread.ofPlatform().daemon().start(() -> remove(id)));
            }
            for (Thread removal : removals) {
                removal.join();
            }
        } catch (IOException e) {
            return Containers.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return removals.isEmpty() ? Containers.NONE : Containers.SOME;
    }

    private void remove(String id) {
        try {
            engine.remove(id);
        } catch (IOException e) {
            report("container " + id, e);
        }
    }

    private boolean unmount() {
        List<String> mounts = mounts();
        for (String mount : mounts) {
            try {
                HostCommand.run("umount", "-l", mount);
            } catch (IOException e) {
                report(mount, e);
            }
        }
        return mounts.isEmpty();
    }

    private List<String> mounts() {
        try {
            return Files.readAllLines(MOUNTS).stream()
                    .map(line -> line.split(" ", 3)[1].replace("\\040", " "))
                    .filter(place -> Path.of(place).startsWith(root))
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();
        } catch (IOException e) {
            report(MOUNTS.toString(), e);
            return List.of();
        }
    }

    private boolean detachLoops() {
        boolean none = true;
        try (DirectoryStream<Path> loops = Files.newDirectoryStream(BLOCK, "loop*")) {
            for (Path loop : loops) {
                String file = backingFile(loop);
                if (file != null && Path.of(file).startsWith(state)) {
                    none = false;
                    HostCommand.run("losetup", "-d", "/dev/" + loop.getFileName());
                }
            }
        } catch (IOException e) {
            report("loop devices", e);
        }
        return none;
    }

    private static @Nullable String backingFile(Path loop) {
        try {
            return Files.readString(loop.resolve("loop/backing_file")).strip();
        } catch (IOException e) {
            return null;
        }
    }

    /** Where the state folder is made, until it has its owner's mark. */
    static Path unfinished(Path state) {
        return state.resolveSibling(state.getFileName() + UNFINISHED);
    }

    /** Deletes a folder without following links or crossing into another file system. */
    static void deleteTree(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Deleting(Files.getFileStore(folder).name()));
        } catch (IOException e) {
            deleteStubborn(folder);
        }
    }

    /** What the JDK cannot delete: folders deeper than a path can be long, and those that their owner may not enter. */
    private static void deleteStubborn(Path folder) {
        try {
            HostCommand.run("chmod", "-R", "u+rwX", folder.toString());
        } catch (IOException e) {
            // Whatever remains unreadable is named by the next command.
        }
        try {
            HostCommand.run("rm", "-rf", "--one-file-system", folder.toString());
        } catch (IOException e) {
            report(folder.toString(), e);
        }
    }

    private static void report(String what, IOException problem) {
        System.err.println("leftover " + what + ": " + problem.getMessage());
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        private final String store;

        Deleting(String store) {
            this.store = store;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            return Files.getFileStore(folder).name().equals(store)
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                throw problem;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
