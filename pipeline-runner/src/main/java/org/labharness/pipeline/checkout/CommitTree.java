package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The files of one commit, read where Git keeps them; what cannot be read is not there. Open as long as its {@link History}. */
public final class CommitTree {
    private final Repository repository;
    private final RevCommit commit;

    CommitTree(Repository repository, RevCommit commit) {
        this.repository = repository;
        this.commit = commit;
    }

    /**
     * A file or folder that Git holds.
     *
     * @param id in Git
     * @param size in bytes; -1 of a folder, and in a list of files
     */
    public record Entry(String path, String id, boolean folder, long size) {}

    /** Ten digits of the commit. */
    public String commit() {
        return commit.name().substring(0, 10);
    }

    public Optional<Entry> entry(String path) {
        try (TreeWalk found = TreeWalk.forPath(repository, path, commit.getTree())) {
            if (found == null) {
                return Optional.empty();
            }
            Optional<Entry> entry = entry(found);
            return entry.isEmpty() || entry.get().folder()
                    ? entry
                    : Optional.of(new Entry(
                            path,
                            entry.get().id(),
                            false,
                            found.getObjectReader().getObjectSize(found.getObjectId(0), Constants.OBJ_BLOB)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without the size, which costs most of a walk. */
    private static Optional<Entry> entry(TreeWalk at) {
        FileMode mode = at.getFileMode(0);
        boolean folder = FileMode.TREE.equals(mode.getBits());
        return folder || isFile(mode)
                ? Optional.of(new Entry(at.getPathString(), at.getObjectId(0).name(), folder, -1))
                : Optional.empty();
    }

    private static boolean isFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode.getBits()) || FileMode.EXECUTABLE_FILE.equals(mode.getBits());
    }

    /**
     * The files below a folder.
     *
     * @param folder empty for all
     * @param most after so many it stops
     */
    public List<Entry> files(String folder, int most) {
        List<Entry> found = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            if (!folder.isEmpty()) {
                walk.setFilter(org.eclipse.jgit.treewalk.filter.PathFilter.create(folder));
            }
            while (found.size() < most && walk.next()) {
                entry(walk).ifPresent(found::add);
            }
        } catch (IOException | IllegalArgumentException e) {
            return found;
        }
        return found;
    }

    /** The content of a file of at most so many bytes; empty where it is larger, or none. */
    public Optional<byte[]> bytes(String path, int most) {
        return entry(path)
                .filter(entry -> !entry.folder() && entry.size() <= most)
                .flatMap(entry -> {
                    try {
                        ObjectLoader loader = loader(entry);
                        return loader == null ? Optional.empty() : Optional.of(loader.getBytes(most));
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                });
    }

    /** A stream of a file's content. */
    public InputStream open(Entry file) throws IOException {
        ObjectLoader loader = loader(file);
        if (loader == null) {
            throw new IOException(file.path() + " is no file");
        }
        return loader.openStream();
    }

    private @Nullable ObjectLoader loader(Entry entry) throws IOException {
        return entry.folder()
                ? null
                : repository.open(org.eclipse.jgit.lib.ObjectId.fromString(entry.id()), Constants.OBJ_BLOB);
    }
}
