package org.labharness.pipeline.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads files below a root that hostile code may have written. No symbolic link is followed in any part of a path, and nothing but
 * regular files is opened: a pipe would block for ever, a device may never end. Nothing may still be writing to the tree.
 *
 * <p>Committed links that are known beforehand are read as what they lead to. Where that is comes from the commit: where the tree holds
 * such a link, or the text that stands for it, the path is changed; what the file system says of its target is never asked.
 */
public final class TreeReader {
    private static final int DEEPEST = 100;
    /** Characters of all paths of a listing: names may be so long that their number alone bounds no memory. */
    private static final int MOST_LETTERS = 24 << 20;

    private final Path root;
    private final TreeLinks links;

    public TreeReader(Path root) {
        this(root, TreeLinks.NONE);
    }

    /** @param links of the commit that lies at the root */
    public TreeReader(Path root, TreeLinks links) {
        this.root = root;
        this.links = links;
    }

    public Path root() {
        return root;
    }

    /** The committed links that are read as what they lead to, and the others. */
    public TreeLinks links() {
        return links;
    }

    /** Where a path leads when committed links are followed; the path itself where there are none on it. */
    public String followed(String path) {
        return resolve(path)
                .map(file -> root.relativize(file).toString())
                .filter(place -> !place.isEmpty())
                .orElse(path);
    }

    /** @param path relative to the root, with forward slashes */
    public Opened open(String path, long cap) {
        Optional<Path> resolved = resolve(path);
        if (resolved.isEmpty()) {
            return new Opened.Refused(path + " does not lie inside the repository");
        }
        try {
            BasicFileAttributes attributes = attributes(resolved.get());
            if (!attributes.isRegularFile()) {
                return new Opened.Refused(path + " is " + kind(attributes) + ", not a file");
            }
            if (attributes.size() > cap) {
                return new Opened.Refused(tooLarge(path, attributes.size(), cap));
            }
            try (InputStream in = stream(resolved.get())) {
                byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, cap + 1));
                return bytes.length > cap
                        ? new Opened.Refused(tooLarge(path, bytes.length, cap))
                        : new Opened.Content(bytes);
            }
        } catch (NoSuchFileException e) {
            return new Opened.Absent();
        } catch (IOException e) {
            return new Opened.Refused(path + " cannot be read (" + e.getMessage() + ")");
        }
    }

    /** A stream of a regular file, for contents that are too large to hold; fails with words where there is none. */
    public InputStream stream(String path) throws IOException {
        Path file = resolve(path).orElseThrow(() -> new IOException(path + " does not lie inside the repository"));
        BasicFileAttributes attributes = attributes(file);
        if (!attributes.isRegularFile()) {
            throw new IOException(path + " is " + kind(attributes) + ", not a file");
        }
        return stream(file);
    }

    /** The decoded text of a file; empty where it is absent, refused or binary. */
    public Optional<Text> text(String path, long cap) {
        return open(path, cap).content().map(Text::decode).filter(text -> !text.binary());
    }

    public boolean isFile(String path) {
        return attributesOf(path).map(BasicFileAttributes::isRegularFile).orElse(false);
    }

    /** Whether it is a directory, reached through no symbolic link. */
    public boolean isDirectory(String path) {
        return attributesOf(path).map(BasicFileAttributes::isDirectory).orElse(false);
    }

    /** Whether it names a place inside the root at all. */
    public boolean isPath(String path) {
        return resolve(path).isPresent();
    }

    /** Whether anything is there, a symbolic link included. */
    public boolean exists(String path) {
        return attributesOf(path).isPresent();
    }

    /** Size of a regular file in bytes; -1 where there is none. */
    public long size(String path) {
        return attributesOf(path)
                .filter(BasicFileAttributes::isRegularFile)
                .map(BasicFileAttributes::size)
                .orElse(-1L);
    }

    /** When a regular file was last written; empty where there is none. */
    public Optional<FileTime> modified(String path) {
        return attributesOf(path).filter(BasicFileAttributes::isRegularFile).map(BasicFileAttributes::lastModifiedTime);
    }

    /**
     * @param path relative to the root
     * @param size in bytes
     */
    public record FoundFile(String path, long size) {}

    /** @param complete whether everything was seen within the caps */
    public record Listing(List<FoundFile> files, boolean complete) {
        public Listing {
            files = List.copyOf(files);
        }
    }

    /**
     * Regular files below a folder, sorted by path; {@code .git} and the folders named are left out, links are not followed.
     *
     * @param folder relative to the root, empty for the root itself
     * @param most entries of any kind to look at
     */
    public Listing list(String folder, int most, Set<String> skipped) {
        List<FoundFile> found = new ArrayList<>();
        Deque<String> waiting = new ArrayDeque<>();
        boolean complete = true;
        int seen = 0;
        int letters = 0;
        waiting.add(folder);
        while (!waiting.isEmpty()) {
            String next = waiting.remove();
            Optional<Path> directory = next.isEmpty() ? Optional.of(root) : resolve(next);
            if (directory.isEmpty() || (!next.isEmpty() && !isDirectory(next)) || tooDeep(next)) {
                complete &= directory.isPresent() && !exists(next);
                continue;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.get())) {
                for (Path entry : entries) {
                    letters +=
                            next.length() + String.valueOf(entry.getFileName()).length();
                    if (++seen > most || letters > MOST_LETTERS) {
                        return sorted(found, false);
                    }
                    visit(entry, next, skipped, found, waiting);
                }
            } catch (IOException | DirectoryIteratorException e) {
                complete = false;
            }
        }
        return sorted(found, complete);
    }

    private static boolean tooDeep(String path) {
        return path.chars().filter(c -> c == '/').count() > DEEPEST;
    }

    private void visit(Path entry, String folder, Set<String> skipped, List<FoundFile> found, Deque<String> waiting)
            throws IOException {
        String name = String.valueOf(entry.getFileName());
        String path = folder.isEmpty() ? name : folder + "/" + name;
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (isCommittedLink(entry)) {
            // One that leads to a folder is no folder of this one's files, for DVC neither.
            long size = size(path);
            if (size >= 0) {
                found.add(new FoundFile(path, size));
            }
        } else if (attributes.isDirectory()) {
            if (!name.equals(".git") && !skipped.contains(name)) {
                waiting.add(path);
            }
        } else if (attributes.isRegularFile()) {
            found.add(new FoundFile(path, attributes.size()));
        }
    }

    private static Listing sorted(List<FoundFile> found, boolean complete) {
        found.sort(Comparator.comparing(FoundFile::path));
        return new Listing(found, complete);
    }

    private Optional<BasicFileAttributes> attributesOf(String path) {
        return resolve(path).flatMap(file -> {
            try {
                return Optional.of(attributes(file));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    private Optional<Path> resolve(String path) {
        if (path.isEmpty() || path.startsWith("/") || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals("..") || part.equals(".")) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(root.resolve(links.resolve(path, this::isInPlace)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private boolean isCommittedLink(Path entry) {
        if (links.followed().isEmpty()) {
            return false;
        }
        String place = root.relativize(entry).toString();
        TreeLinks.Followed link = links.followed().get(place);
        return link != null && isInPlace(place, link.target());
    }

    /** Whether the tree still holds a committed link, as a link or as the text that stands for it. */
    private boolean isInPlace(String place, String target) {
        try {
            Path file = root.resolve(place);
            BasicFileAttributes attributes = attributes(file);
            if (attributes.isSymbolicLink()) {
                return true;
            }
            byte[] text = target.getBytes(StandardCharsets.UTF_8);
            if (!attributes.isRegularFile() || attributes.size() != text.length) {
                return false;
            }
            try (InputStream in = stream(file)) {
                return Arrays.equals(in.readNBytes(text.length), text);
            }
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** Attributes of the last part; every part before it must be a directory and no link. */
    private BasicFileAttributes attributes(Path file) throws IOException {
        Path here = root;
        for (Path part : root.relativize(file)) {
            here = here.resolve(part);
            if (here.equals(file)) {
                break;
            }
            if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.isSymbolicLink(here)) {
                    throw new IOException(root.relativize(here) + " is a symbolic link");
                }
                throw new NoSuchFileException(file.toString());
            }
        }
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static InputStream stream(Path file) throws IOException {
        return Channels.newInputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    private static String kind(BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return "a folder";
        }
        return attributes.isSymbolicLink() ? "a symbolic link" : "a pipe, socket or device";
    }

    private static String tooLarge(String path, long size, long cap) {
        return path + " has " + size + " bytes, more than the " + cap + " that are read";
    }
}
