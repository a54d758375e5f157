package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.document.TreeLinks;
import org.labharness.pipeline.evidence.TreeFacts;
import org.labharness.pipeline.evidence.TreeFacts.Kind;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Writes a commit's files as they are in Git: no filters, no line endings changed, links as files that hold their target. */
final class TreeWriter {
    private static final int DEEPEST = 100;
    private static final int LFS_POINTER = 1024;
    private static final byte[] LFS = "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII);

    private final Repository repository;
    private final Path directory;
    private final Caps caps;
    private final Predicate<String> left;
    private final ObjectChecker names = new ObjectChecker().setSafeForMacOS(true);
    private final Set<Path> made = new HashSet<>();
    private final List<TreeFile> files = new ArrayList<>();
    private final List<String> leftPaths = new ArrayList<>();
    private final List<ObjectId> leftBlobs = new ArrayList<>();
    /** What links hold. */
    private final Map<String, Optional<String>> targets = new HashMap<>();

    private int count;
    private long bytes;

    /** @param left paths of files that are counted only, not written */
    TreeWriter(Repository repository, Path directory, Caps caps, Predicate<String> left) {
        this.repository = repository;
        this.directory = directory;
        this.caps = caps;
        this.left = left;
    }

    TreeFacts write(RevTree tree) throws IOException {
        DirCache index = repository.lockDirCache();
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            walk.setRecursive(false);
            DirCacheBuilder builder = index.builder();
            while (walk.next()) {
                visit(walk, reader, builder);
            }
            addLeft();
            if (!builder.commit()) {
                throw new IOException("the index of the clone could not be written");
            }
        } finally {
            index.unlock();
        }
        files.sort(Comparator.comparing(TreeFile::path));
        return new TreeFacts(files.subList(0, Math.min(files.size(), TreeFacts.MAX_FILES)), count, bytes);
    }

    private void addLeft() throws IOException {
        long[] sizes = BlobSizes.of(repository, leftBlobs, caps);
        for (int i = 0; i < sizes.length; i++) {
            add(leftPaths.get(i), Kind.FILE, sizes[i]);
        }
    }

    /** The links of the commit that was written; each lies in the tree as a file that holds its target. */
    TreeLinks links() {
        return targets.isEmpty()
                ? TreeLinks.NONE
                : TreeLinks.of(
                        targets, files.stream().map(TreeFile::path).collect(Collectors.toCollection(TreeSet::new)));
    }

    private void visit(TreeWalk walk, ObjectReader reader, DirCacheBuilder builder) throws IOException {
        caps.checkTime();
        String path = walk.getPathString();
        checkName(path, walk.getRawPath());
        FileMode mode = walk.getFileMode();
        if (FileMode.TREE.equals(mode.getBits())) {
            if (walk.getDepth() >= DEEPEST) {
                throw unsafe(path, "lies more than " + DEEPEST + " folders deep");
            }
            walk.enterSubtree();
            return;
        }
        count++;
        if (count > caps.limits().files()) {
            throw caps.refuse(
                    "the number of files",
                    "more than " + caps.limits().files(),
                    String.valueOf(caps.limits().files()));
        }
        if (!FileMode.GITLINK.equals(mode.getBits()) && left.test(path)) {
            leftPaths.add(path);
            leftBlobs.add(walk.getObjectId(0));
            return;
        }
        DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
        entry.setFileMode(mode);
        entry.setObjectId(walk.getObjectId(0));
        if (FileMode.GITLINK.equals(mode.getBits())) {
            Files.createDirectories(resolve(path));
            files.add(new TreeFile(path, Kind.SUBMODULE, 0));
        } else {
            writeFile(path, mode, reader.open(walk.getObjectId(0)), entry);
        }
        builder.add(entry);
    }

    private void checkName(String path, byte[] raw) {
        int from = 0;
        for (int i = 0; i <= raw.length; i++) {
            if (i == raw.length || raw[i] == '/') {
                try {
                    names.checkPathSegment(raw, from, i);
                } catch (CorruptObjectException e) {
                    throw unsafe(path, "has a name that is not allowed (" + e.getMessage() + ")");
                }
                if (isGitOnWindows(new String(raw, from, i - from, StandardCharsets.UTF_8))) {
                    throw unsafe(path, "has a name that Windows takes for .git");
                }
                from = i + 1;
            }
        }
    }

    private static boolean isGitOnWindows(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).matches("(?:\\.git|git~1)[ .]*(?::.*)?");
    }

    private Path resolve(String path) {
        try {
            return directory.resolve(path);
        } catch (InvalidPathException e) {
            throw unsafe(path, "has a name that cannot be written here");
        }
    }

    private void writeFile(String path, FileMode mode, ObjectLoader loader, DirCacheEntry entry) throws IOException {
        long size = loader.getSize();
        add(path, kind(mode, size, loader), size);
        if (FileMode.SYMLINK.equals(mode.getBits())) {
            targets.put(path, size > TreeLinks.LONGEST ? Optional.empty() : target(loader.getCachedBytes()));
        }
        Path file = resolve(path);
        try {
            Path parent = file.getParent();
            if (parent != null && made.add(parent)) {
                Files.createDirectories(parent);
            }
            try (OutputStream out =
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                loader.copyTo(out);
            }
        } catch (FileAlreadyExistsException e) {
            throw unsafe(path, "is in the commit twice");
        }
        boolean executable = FileMode.EXECUTABLE_FILE.equals(mode.getBits());
        if (executable) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        entry.setLength(attributes.size());
        entry.setLastModified(attributes.lastModifiedTime().toInstant());
    }

    private static Optional<String> target(byte[] content) {
        try {
            String target = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return Optional.of(target).filter(text -> !text.isEmpty() && text.indexOf(0) < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void add(String path, Kind kind, long size) {
        bytes += size;
        if (bytes > caps.limits().tree().bytes()) {
            throw caps.refuse(
                    "the files of the commit together",
                    "more than " + new Memory(bytes),
                    caps.limits().tree().toString());
        }
        files.add(new TreeFile(path, kind, size));
    }

    private static Kind kind(FileMode mode, long size, ObjectLoader loader) {
        if (FileMode.SYMLINK.equals(mode.getBits())) {
            return Kind.SYMLINK;
        }
        if (size >= LFS.length && size < LFS_POINTER) {
            byte[] content = loader.getCachedBytes();
            if (java.util.Arrays.equals(content, 0, LFS.length, LFS, 0, LFS.length)) {
                return Kind.LFS_POINTER;
            }
        }
        return FileMode.EXECUTABLE_FILE.equals(mode.getBits()) ? Kind.EXECUTABLE : Kind.FILE;
    }

    private static SubmissionRefused unsafe(String path, String what) {
        return new SubmissionRefused(
                Refusal.UNSAFE_CONTENT,
                "The committed path '" + path.replaceAll("\\p{Cntrl}", "?") + "' " + what
                        + ". Remove it from the repository and commit again.");
    }
}
