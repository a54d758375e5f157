package org.labharness.pipeline.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what DVC must not be let near: it opens what it finds, and a named pipe, a device or a link that leads to one would keep it
 * until the time is up.
 *
 * @param tree the work tree, in which nothing runs meanwhile
 */
record SpecialFiles(Path tree) {
    private static final Path INSIDE = Path.of("/work");
    private static final int MOST_FILES = 200_000;
    private static final int DEEPEST = 200;
    private static final int MOST_LINKS = 8;

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
            Looking looking = new Looking();
            Files.walkFileTree(start, Set.of(), DEEPEST, looking);
            return Optional.ofNullable(looking.found);
        } catch (IOException | InvalidPathException e) {
            // What cannot be looked at cannot be opened by DVC either: it says so itself.
            return Optional.empty();
        }
    }

    private Optional<String> wrong(Path file, BasicFileAttributes attributes) {
        String name = "'" + tree.relativize(file) + "'";
        if (attributes.isSymbolicLink()) {
            return wrongLink(file)
                    .map(target -> name + " is a link to '" + target + "', which is no file of the repository");
        }
        return attributes.isRegularFile() || attributes.isDirectory()
                ? Optional.empty()
                : Optional.of(name + " is neither a file nor a folder but a named pipe, a socket or a device");
    }

    /** The target of a link that does not lead to a file or folder in the tree. */
    private Optional<Path> wrongLink(Path link) {
        try {
            Path target = Files.readSymbolicLink(link);
            Path place = link;
            for (int hops = 0; hops < MOST_LINKS; hops++) {
                place = resolved(place, Files.readSymbolicLink(place));
                if (place == null || throughLink(place)) {
                    return Optional.of(target);
                }
                if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty(); // leads nowhere: DVC says so
                }
                if (!Files.isSymbolicLink(place)) {
                    boolean plain = Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                            || Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
                    return plain ? Optional.empty() : Optional.of(target);
                }
            }
            return Optional.of(target);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private @Nullable Path resolved(Path link, Path target) {
        Path place;
        if (target.isAbsolute()) {
            if (!target.normalize().startsWith(INSIDE)) {
                return null;
            }
            place = tree.resolve(INSIDE.relativize(target.normalize()));
        } else {
            place = link.resolveSibling(target).normalize();
        }
        return place.startsWith(tree) ? place : null;
    }

    /** Whether a folder on the way is itself a link: where that leads cannot be told from the names. */
    private boolean throughLink(Path place) {
        for (Path folder = place.getParent();
                folder != null && folder.startsWith(tree) && !folder.equals(tree);
                folder = folder.getParent()) {
            if (Files.isSymbolicLink(folder)) {
                return true;
            }
        }
        return false;
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
