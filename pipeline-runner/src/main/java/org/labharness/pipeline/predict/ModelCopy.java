package org.labharness.pipeline.predict;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.labharness.pipeline.collect.mlflow.LoggedModels;
import org.labharness.pipeline.document.TreeReader;

/**
 * A copy of a model's files that is the harness's own: plain files, no links, bounded. Beside a single file those are copied that may hold its weights,
 * as their names begin with the name of the model or end as weights do.
 */
final class ModelCopy {
    private static final int MOST_FILES = 5_000;
    private static final int BUFFER = 1 << 16;
    private static final Set<String> WEIGHTS = Set.of(".data", ".bin", ".weights", ".npz");

    private final Path target;
    private long left;

    private ModelCopy(Path target, long mostBytes) {
        this.target = target;
        this.left = mostBytes;
    }

    /** The model is larger than what is copied; the message says so. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;

        TooLarge(String message) {
            super(message);
        }
    }

    /**
     * Copies the model.
     *
     * @param target an empty folder
     */
    static void make(LoggedModels.Folder place, Path target, long mostBytes) throws IOException, TooLarge {
        ModelCopy copy = new ModelCopy(target, mostBytes);
        if (place.root().isFile(place.path())) {
            copy.file(place.root(), place.path());
        } else {
            copy.folder(place.root(), place.path());
        }
    }

    private void folder(TreeReader root, String path) throws IOException, TooLarge {
        TreeReader.Listing listing = root.list(path, MOST_FILES, Set.of());
        if (!listing.complete()) {
            throw new TooLarge("its folder has more than " + MOST_FILES + " entries");
        }
        for (TreeReader.FoundFile file : listing.files()) {
            copy(root, file.path(), file.path().substring(path.length() + 1));
        }
    }

    private void file(TreeReader root, String path) throws IOException, TooLarge {
        String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        String name = path.substring(folder.isEmpty() ? 0 : folder.length() + 1);
        copy(root, path, name);
        List<TreeReader.FoundFile> beside =
                root.list(folder, MOST_FILES, Set.of()).files();
        for (TreeReader.FoundFile file : beside) {
            String other = file.path().substring(folder.isEmpty() ? 0 : folder.length() + 1);
            boolean weights = other.startsWith(name) || WEIGHTS.stream().anyMatch(other::endsWith);
            if (!other.contains("/") && !other.equals(name) && weights) {
                copy(root, file.path(), other);
            }
        }
    }

    private void copy(TreeReader root, String from, String to) throws IOException, TooLarge {
        Path file = target.resolve(to);
        Path folder = Objects.requireNonNull(file.getParent());
        for (Path made = target; !made.equals(folder); ) {
            made = made.resolve(made.relativize(folder).getName(0));
            if (!Files.isDirectory(made)) {
                Files.createDirectory(made);
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = root.stream(from);
                OutputStream out = Files.newOutputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                left -= count;
                if (left < 0) {
                    throw new TooLarge("its files are larger than the space that the lab gives");
                }
                out.write(buffer, 0, count);
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
