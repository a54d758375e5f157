package org.labharness.pipeline.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.LogExcerpt;

/**
 * Finds the MLflow store that sent a command to a place of another machine, {@code /C:/Users/...} say: MLflow keeps with each experiment
 * where its artifacts belong, and who commits a store commits that. Without the store MLflow makes a new one.
 *
 * @param tree the work tree, in which nothing runs meanwhile
 */
record ForeignStore(Path tree) {
    private static final Pattern REFUSED = Pattern.compile(
            "(?:Read-only file system|Permission denied|No such file or directory): '(/[^'\\x00]{1,300})'");
    private static final Pattern EXPERIMENT = Pattern.compile("(.+)/[0-9]{1,20}/meta\\.yaml");
    private static final Set<String> SKIPPED = Set.of("site-packages", "node_modules", "__pycache__", ".git", ".dvc");
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_FILES = 50_000;
    private static final long LARGEST_DATABASE = 64L << 20;
    private static final long LARGEST_EXPERIMENT = 64L << 10;
    private static final int CHUNK = 1 << 16;

    /** The store's path in the tree; empty where no store holds the place that the command was refused. */
    Optional<String> after(LogExcerpt log) {
        return Stream.concat(Stream.of(log.lastError()), Stream.concat(log.head().stream(), log.tail().stream()))
                .map(REFUSED::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .filter(place ->
                        !Path.of(place).startsWith("/work") && !Path.of(place).startsWith("/tmp"))
                .distinct()
                .limit(2)
                .flatMap(place -> holding(place + "/").stream())
                .findFirst();
    }

    private Optional<String> holding(String place) {
        TreeReader reader = new TreeReader(tree);
        byte[] words = place.getBytes(StandardCharsets.UTF_8);
        for (TreeReader.FoundFile file : reader.list("", MOST_FILES, SKIPPED).files()) {
            Matcher experiment = EXPERIMENT.matcher(file.path());
            try {
                if (experiment.matches()) {
                    if (file.size() <= LARGEST_EXPERIMENT && holds(reader, file.path(), words, new byte[0])) {
                        return Optional.of(experiment.group(1));
                    }
                } else if (file.size() <= LARGEST_DATABASE
                        && file.size() % 512 == 0
                        && holds(reader, file.path(), words, SQLITE)) {
                    return Optional.of(file.path());
                }
            } catch (IOException e) {
                // A file that cannot be read is none that MLflow has read.
            }
        }
        return Optional.empty();
    }

    private static boolean holds(TreeReader reader, String path, byte[] words, byte[] start) throws IOException {
        try (InputStream in = reader.stream(path)) {
            if (!Arrays.equals(in.readNBytes(start.length), start)) {
                return false;
            }
            byte[] window = new byte[CHUNK + words.length];
            int kept = 0;
            for (int read = in.readNBytes(window, 0, CHUNK); read > 0; read = in.readNBytes(window, kept, CHUNK)) {
                int length = kept + read;
                if (contains(window, length, words)) {
                    return true;
                }
                kept = Math.min(words.length - 1, length);
                System.arraycopy(window, length - kept, window, 0, kept);
            }
            return false;
        }
    }

    private static boolean contains(byte[] bytes, int length, byte[] words) {
        for (int i = 0; i + words.length <= length; i++) {
            if (bytes[i] == words[0] && Arrays.equals(bytes, i, i + words.length, words, 0, words.length)) {
                return true;
            }
        }
        return false;
    }

    /** Takes it out of the tree; false where that cannot be done: the command's own failure stands then. */
    boolean setAside(String store) {
        return move(tree.resolve(store), aside(store));
    }

    /** Puts it back, in the place of what was made there since. */
    void putBack(String store) {
        Path place = tree.resolve(store);
        if (Files.exists(aside(store), LinkOption.NOFOLLOW_LINKS)
                && (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                        || move(place, tree.resolveSibling(aside(store).getFileName() + ".new")))) {
            move(aside(store), place);
        }
    }

    private Path aside(String store) {
        return tree.resolveSibling("aside-" + store.replace('/', '-'));
    }

    private static boolean move(Path from, Path to) {
        try {
            Files.move(from, to); // fails where anything is there
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
