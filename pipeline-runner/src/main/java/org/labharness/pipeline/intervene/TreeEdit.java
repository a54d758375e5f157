package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.checkout.ForgottenBlobs;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.document.TreeReader;

/**
 * Writes into a tree in which code of the student's has run: never through a link but those of the commit, never into anything but
 * folders and plain files. Nothing may run in the tree meanwhile.
 */
final class TreeEdit {
    private final TreeReader tree;
    private final int uid;

    /** @param uid who owns the tree */
    TreeEdit(TreeReader tree, int uid) {
        this.tree = tree;
        this.uid = uid;
    }

    TreeReader tree() {
        return tree;
    }

    /** The text of a file of at most {@code cap} bytes; empty where it is none. */
    Optional<String> text(String path, long cap) {
        return tree.text(path, cap).map(Text::content);
    }

    void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a new file in the place of whatever file was there. */
    void write(String path, byte[] bytes) throws IOException {
        Path file = place(path);
        Files.deleteIfExists(file);
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
        own(file);
    }

    /** Copies a plain file from outside into the place of whatever file was there; the folder must be there. */
    void copy(Path source, String path) throws IOException {
        Path file = place(path);
        Files.deleteIfExists(file);
        Files.copy(source, file);
        own(file);
    }

    void remove(String path) throws IOException {
        Files.delete(place(path));
    }

    /** Takes contents out of what Git holds; gives the ids of those that were there. */
    Set<String> forget(Set<String> blobs) throws IOException {
        return ForgottenBlobs.take(tree.root(), blobs, this::own);
    }

    private Path place(String path) throws IOException {
        if (!tree.isPath(path)) {
            throw new IOException(path + " does not lie inside the repository");
        }
        Path file = tree.root().resolve(tree.followed(path));
        Path folder = tree.root();
        for (Path part : tree.root().relativize(Objects.requireNonNull(file.getParent()))) {
            folder = folder.resolve(part);
            if (!part.toString().isEmpty() && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(tree.root().relativize(folder) + " is no folder");
            }
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is a folder");
        }
        return file;
    }

    private void own(Path file) throws IOException {
        if (!Integer.valueOf(uid).equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
