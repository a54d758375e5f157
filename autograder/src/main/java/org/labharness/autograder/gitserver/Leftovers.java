package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * What a process that was killed leaves in a repository: locks, which would keep everybody from pushing for good, and packs that nobody
 * receives to their end. To be removed when nobody uses the repository.
 */
final class Leftovers {
    private Leftovers() {}

    /** From a repository of ours. */
    static void remove(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    // Of objects, those that are being received lie beside the folders of those that are kept.
                    return folder.getParent() != null && folder.getParent().equals(directory.resolve("objects"))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (unfinished(directory, file)) {
                        Files.deleteIfExists(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException problem) {
            throw new UncheckedIOException("what a killed process left in " + directory + " stays", problem);
        }
    }

    private static boolean unfinished(Path directory, Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".lock")
                || List.of("lab-arrived.new", "lab-graded.new", "gc.pid").contains(name)
                || directory.resolve("objects").equals(file.getParent())
                || (file.getParent() != null && file.getParent().endsWith("pack") && name.startsWith("gc_"));
    }

    /** From the folder of what was being sent. */
    static void removeAll(Path incoming) {
        try (var files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException("what was not sent to its end stays in " + incoming, problem);
        }
    }
}
