package org.labharness.pipeline.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.TreeLinks;

/**
 * Finds what DVC must not be let near: it opens what it finds, and a named pipe, a device or a link that leads to one would keep it
 * until the time is up.
 *
 * @param tree the work tree, in which nothing runs meanwhile
 */
record SpecialFiles(Path tree) {
    private static final int MOST_FILES = 200_000;
    private static final int DEEPEST = 200;

    /** In words, the first thing at or below these paths that is neither a file nor a folder of the work tree. */
    Optional<String> first(Iterable<String> paths) {
        for (String path : paths) {
            Optional<String> found = at(path);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<String> at(String path) {
        try {
            Path start = tree.resolve(path).normalize();
            if (!start.startsWith(tree) || start.equals(tree)) {
                return Optional.empty();
            }
            if (Files.isSymbolicLink(start)) {
                Optional<String> wrong = wrongLink(start);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            Path end = reached(start);
            if (end == null) {
                return Optional.of("'" + path + "' is reached through a link that leads out of the repository");
            }
            Looking looking = new Looking();
            Files.walkFileTree(end, Set.of(), DEEPEST, looking);
            return Optional.ofNullable(looking.found);
        } catch (IOException | InvalidPathException e) {
            // What cannot be looked at cannot be opened by DVC either: it says so itself.
            return Optional.empty();
        }
    }

    private Optional<String> wrong(Path file, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return wrongLink(file);
        }
        return attributes.isRegularFile() || attributes.isDirectory()
                ? Optional.empty()
                : Optional.of("'" + tree.relativize(file)
                        + "' is neither a file nor a folder but a named pipe, a socket or a device");
    }

    /** In words, a link that does not lead to a file or folder in the tree. One that leads nowhere is left to DVC, which says so. */
    private Optional<String> wrongLink(Path link) {
        try {
            Path end = reached(link);
            boolean plain = end != null
                    && (!Files.exists(end, LinkOption.NOFOLLOW_LINKS)
                            || Files.isRegularFile(end, LinkOption.NOFOLLOW_LINKS)
                            || Files.isDirectory(end, LinkOption.NOFOLLOW_LINKS));
            return plain
                    ? Optional.empty()
                    : Optional.of("'" + tree.relativize(link) + "' is a link to '" + Files.readSymbolicLink(link)
                            + "', which is no file of the repository");
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Where a path leads, each link on it followed by its name alone; null where that is outside, or after too many links. */
    private @Nullable Path reached(Path start) throws IOException {
        Deque<Path> ahead = new ArrayDeque<>();
        tree.relativize(start).forEach(ahead::add);
        Path here = tree;
        int passed = 0;
        while (!ahead.isEmpty()) {
            Path place = here.resolve(ahead.pop()).normalize();
            if (!place.startsWith(tree)) {
                return null;
            }
            if (!Files.isSymbolicLink(place)) {
                here = place;
                continue;
            }
            if (++passed > TreeLinks.MOST_ON_THE_WAY) {
                return null;
            }
            Path target = Files.readSymbolicLink(place);
            if (target.isAbsolute()) {
                if (!target.startsWith(WorkPath.INSIDE)) {
                    return null;
                }
                here = tree;
                target = WorkPath.INSIDE.relativize(target);
            }
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                ahead.push(target.getName(i));
            }
        }
        return here;
    }

    /** Stops at the first. */
    private final class Looking extends SimpleFileVisitor<Path> {
        private @Nullable String found;
        private int seen;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // At the deepest level folders come here too.
            found = wrong(file, attributes).orElse(null);
            seen++;
            return found == null && seen < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
