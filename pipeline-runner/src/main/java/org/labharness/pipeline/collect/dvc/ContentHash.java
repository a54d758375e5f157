package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.document.TreeReader.Listing;

/** MD5 sums as DVC 3 records them: of a file's bytes; of a folder's list of files with their sums, ending in {@code .dir}. */
final class ContentHash {
    private static final int MOST_FILES = 20_000;

    private final TreeReader tree;
    private final Map<String, Optional<String>> known = new HashMap<>();

    ContentHash(TreeReader tree) {
        this.tree = tree;
    }

    /** Whether a sum is one of DVC 2, which took text with Unix line endings whatever they were. */
    boolean isOfDvc2(String path, String recorded) {
        return of(path, LineEndings.UNIX).filter(recorded::equals).isPresent();
    }

    /** Empty where nothing readable is there. */
    Optional<String> of(String path, LineEndings endings) {
        String key = endings + " " + path;
        Optional<String> before = known.get(key);
        if (before != null) {
            return before;
        }
        Optional<String> sum = compute(path, endings);
        known.put(key, sum);
        return sum;
    }

    /** Whether a sum is that of the content, or of the same text with other line endings. */
    Match match(String path, String recorded) {
        return endings(path, recorded)
                .map(endings -> endings == LineEndings.AS_THEY_ARE ? Match.SAME : Match.LINE_ENDINGS)
                .orElse(Match.DIFFERENT);
    }

    /** The line endings with which the content has a sum; empty where it has it with none. */
    Optional<LineEndings> endings(String path, String recorded) {
        return Arrays.stream(LineEndings.values())
                .filter(endings -> of(path, endings).filter(recorded::equals).isPresent())
                .findFirst();
    }

    /** How content agrees with a recorded sum. */
    enum Match {
        SAME,
        LINE_ENDINGS,
        DIFFERENT
    }

    /** Number of files below a folder. */
    int count(String folder) {
        return tree.list(folder, MOST_FILES, java.util.Set.of()).files().size();
    }

    private Optional<String> compute(String path, LineEndings endings) {
        try {
            if (tree.isFile(path)) {
                return Optional.of(file(path, endings));
            }
            return tree.isDirectory(path) ? folder(path, endings) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> folder(String path, LineEndings endings) throws IOException {
        Listing listing = tree.list(path, MOST_FILES, java.util.Set.of());
        if (!listing.complete()) {
            return Optional.empty();
        }
        StringBuilder json = new StringBuilder("[");
        List<FoundFile> files = listing.files();
        for (FoundFile file : files) {
            json.append(json.length() == 1 ? "" : ", ")
                    .append("{\"md5\": \"")
                    .append(file(file.path(), endings))
                    .append("\", \"relpath\": \"")
                    .append(escaped(file.path().substring(path.length() + 1)))
                    .append("\"}");
        }
        MessageDigest digest = md5();
        digest.update(json.append(']').toString().getBytes(StandardCharsets.US_ASCII));
        return Optional.of(HexFormat.of().formatHex(digest.digest()) + ".dir");
    }

    private static String escaped(String path) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char letter = path.charAt(i);
            switch (letter) {
                case '"', '\\' -> out.append('\\').append(letter);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (letter < ' ' || letter > '~') {
                        out.append(String.format("\\u%04x", (int) letter));
                    } else {
                        out.append(letter);
                    }
                }
            }
        }
        return out.toString();
    }

    private String file(String path, LineEndings endings) throws IOException {
        String place = tree.followed(path);
        if (!place.equals(path)) {
            // However many links lead to a file, it is read once.
            return of(place, endings).orElseThrow(() -> new IOException(path + " leads to no file that can be read"));
        }
        MessageDigest digest = md5();
        try (InputStream in = tree.stream(path);
                OutputStream sum = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            endings.copy(in, sum);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
