package org.labharness.pipeline.custom;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A work tree once more, in plain files and folders: the files are links to the same contents, which costs nothing; links that lead to
 * something in the tree lead to the copy. Left out are {@code .git}, whatever is no file (a pipe would hold up who opens it), and links
 * that lead out. Only while nothing of the submission runs.
 *
 * @param leftOut paths without {@code .git}, capped
 */
record TreeCopy(List<String> leftOut) {
    private static final int MOST_ENTRIES = 100_000;
    private static final int DEEPEST = 64;
    private static final int MOST_NAMED = 20;

    static TreeCopy make(Path work, Path copy) throws IOException {
        Copier copier = new Copier(work.toRealPath(), copy);
        Files.walkFileTree(copier.work, Set.of(), DEEPEST, copier);
        return new TreeCopy(copier.leftOut.stream().sorted().toList());
    }

    private static final class Copier extends SimpleFileVisitor<Path> {
        private final Path work;
        private final Path git;
        private final Path copy;
        private final List<String> leftOut = new ArrayList<>();
        private int entries;

        Copier(Path work, Path copy) {
            this.work = work;
            this.git = work.resolve(".git");
            this.copy = copy;
        }

        private Path place(Path path) {
            return copy.resolve(work.relativize(path).toString());
        }

        private FileVisitResult leave(Path path) {
            if (leftOut.size() < MOST_NAMED) {
                leftOut.add(work.relativize(path).toString());
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.equals(git)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (++entries > MOST_ENTRIES) {
                leave(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!folder.equals(work)) {
                CustomChecks.folder(place(folder));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            if (++entries > MOST_ENTRIES) {
                return leave(path);
            }
            if (attributes.isRegularFile()) {
                return link(path, path);
            }
            return attributes.isSymbolicLink() ? follow(path) : leave(path);
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException problem) {
            return leave(path);
        }

        private FileVisitResult follow(Path path) {
            try {
                Path target = path.toRealPath();
                if (!target.startsWith(work) || target.startsWith(git)) {
                    return leave(path);
                }
                if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
                    return link(target, path);
                }
                Path place = place(path);
                Path way = Objects.requireNonNull(place.getParent()).relativize(place(target));
                Files.createSymbolicLink(place, way.toString().isEmpty() ? Path.of(".") : way);
                return FileVisitResult.CONTINUE;
            } catch (IOException e) {
                return leave(path); // it leads to nothing, or in a circle
            }
        }

        private FileVisitResult link(Path file, Path as) {
            try {
                Files.createLink(place(as), file);
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                if (!permissions.contains(PosixFilePermission.OWNER_READ)) {
                    Set<PosixFilePermission> wider = EnumSet.of(PosixFilePermission.OWNER_READ);
                    wider.addAll(permissions);
                    Files.setPosixFilePermissions(file, wider);
                }
                return FileVisitResult.CONTINUE;
            } catch (IOException e) {
                return leave(as); // the file system allows no more links to it
            }
        }
    }
}
