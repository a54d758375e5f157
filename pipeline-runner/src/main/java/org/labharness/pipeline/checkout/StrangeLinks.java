package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Symbolic links by which a repository of this machine would hand in what lies in another one. */
final class StrangeLinks {
    private StrangeLinks() {}

    /**
     * Whether a folder is a link that was made by another user than the one whose folder it leads to. Those of root and of who runs the
     * harness are trusted.
     */
    static boolean leadsToAnother(Path folder) {
        if (!Files.isSymbolicLink(folder)) {
            return false;
        }
        try {
            String made = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
            String whose = Files.getOwner(folder).getName();
            return !List.of("root", System.getProperty("user.name", ""), whose).contains(made);
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * The first link that is found. What disappears meanwhile, because the owner's Git packs it, is passed over.
     *
     * @param levels of folders, 1 or more
     */
    static Optional<Path> below(Path folder, int levels) throws IOException {
        Search search = new Search();
        Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), levels, search);
        return search.found;
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private Optional<Path> found = Optional.empty();

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
                found = Optional.of(file);
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            if (problem != null && !(problem instanceof NoSuchFileException)) {
                throw problem;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
