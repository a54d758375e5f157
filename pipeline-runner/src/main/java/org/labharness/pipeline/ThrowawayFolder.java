package org.labharness.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder that is deleted with all that is in it when it is closed, or when the program is interrupted; links are not followed. */
public final class ThrowawayFolder implements AutoCloseable {
    private final Path path;
    private final Thread atInterrupt;

    private ThrowawayFolder(Path path) {
        this.path = path;
        this.atInterrupt = new Thread(this::delete, "remove-" + path.getFileName());
        Runtime.getRuntime().addShutdownHook(atInterrupt);
    }

    /**
     * Makes an empty folder.
     *
     * @param parent made where it is missing
     * @throws SystemBroke where none can be made
     */
    public static ThrowawayFolder in(Path parent, String prefix) {
        try {
            return new ThrowawayFolder(Files.createTempDirectory(Files.createDirectories(parent), prefix));
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL,
                    "No folder can be made in " + parent + ": " + problem
                            + ". Free some space, or set LAB_HOME to a folder that can be" + " written.",
                    problem);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(atInterrupt);
    }

    private void delete() {
        try {
            delete(path);
        } catch (IOException problem) {
            throw new UncheckedIOException("the throwaway folder " + path + " cannot be deleted", problem);
        }
    }

    /**
     * Removes any folder with all that is in it, as far as it is there; links are not followed.
     *
     * @throws IOException where something cannot be removed
     */
    public static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new Deleter());
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
