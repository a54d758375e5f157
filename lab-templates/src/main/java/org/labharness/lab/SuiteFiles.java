package org.labharness.lab;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The pytest files of a lab: one file, or all plain files of a folder but those that Python and editors leave behind. */
public final class SuiteFiles {
    private static final int MOST_FILES = 500;
    private static final long MOST_BYTES = 16L << 20;
    private static final int DEEPEST = 8;

    private SuiteFiles() {}

    /** Where the file names in {@link #of} start: the folder itself, or that which the file lies in. */
    public static Path root(Path lab, String file) {
        Path suite = lab.resolve(file);
        return Files.isDirectory(suite) ? suite : Objects.requireNonNull(suite.getParent());
    }

    /**
     * The files, sorted.
     *
     * @throws IOException where there is none, one lies outside of the lab's folder, or they are too many or too large
     */
    public static List<Path> of(Path lab, String file) throws IOException {
        Path suite = lab.resolve(file);
        List<Path> found = new ArrayList<>();
        if (Files.isRegularFile(suite)) {
            found.add(suite);
        } else if (Files.isDirectory(suite)) {
            Files.walkFileTree(suite, java.util.Set.of(), DEEPEST, new Visitor(suite, found));
        }
        if (found.stream().noneMatch(path -> path.toString().endsWith(".py"))) {
            throw new IOException("there is no Python file");
        }
        long bytes = 0;
        for (Path path : found) {
            if (!path.toRealPath().startsWith(lab.toRealPath())) {
                throw new IOException(lab.relativize(path) + " leads out of the lab's folder");
            }
            bytes += Files.size(path);
        }
        if (found.size() > MOST_FILES || bytes > MOST_BYTES) {
            throw new IOException(found.size() + " files with " + new Memory(bytes) + ", at most " + MOST_FILES
                    + " with " + new Memory(MOST_BYTES) + " are taken");
        }
        found.sort(null);
        return List.copyOf(found);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path start;
        private final List<Path> found;

        Visitor(Path start, List<Path> found) {
            this.start = start;
            this.found = found;
        }

        private static boolean isLeftBehind(Path path) {
            String name = path.getFileName().toString();
            return name.startsWith(".") || name.equals("__pycache__") || name.endsWith(".pyc");
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(start) && isLeftBehind(folder)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (Files.isRegularFile(path) && !isLeftBehind(path)) {
                found.add(path);
            }
            return found.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}
