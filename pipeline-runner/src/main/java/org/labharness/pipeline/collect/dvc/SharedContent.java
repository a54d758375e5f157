package org.labharness.pipeline.collect.dvc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.HistoryCheck.Disjoint;
import org.labharness.pipeline.checkout.CommitTree;
import org.labharness.pipeline.checkout.CommitTree.Entry;
import org.labharness.pipeline.collect.dvc.StoredContent.Stored;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.evidence.HistoryFacts.Shared;

/**
 * Rows or files that versions of data have in common. Each is remembered by eight bytes of its sum: what is not the same is taken for
 * the same once in many billions.
 */
final class SharedContent {
    private static final int MOST = 5_000_000;
    private static final int MOST_FILES = 200_000;
    private static final int LONGEST_ROW = 64 << 10;
    private static final int SHOWN = 80;
    private static final int EXAMPLES = 5;
    /** The id of an empty file in Git. */
    private static final String EMPTY = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

    private final Disjoint disjoint;
    private final MessageDigest digest = ContentHash.md5();
    private final Map<String, Contents> versions = new HashMap<>();
    private int taken;
    private int examples;

    SharedContent(Disjoint disjoint) {
        this.disjoint = disjoint;
    }

    private interface Opener {
        InputStream open() throws IOException;
    }

    /** What one version holds. */
    private static final class Contents {
        /** Sorted, each once. */
        private final long[] marks;
        /** Contents of different kinds have marks that cannot be compared. */
        private final String kind;
        /** The mark of the first row; 0 for files. */
        private final long header;
        /** To look up a row again; null for files. */
        private final @Nullable Opener opener;
        /** Of files, by their marks. */
        private final Map<Long, String> names;
        /** Why there is nothing; else empty. */
        private final String problem;

        private Contents(
                long[] marks,
                String kind,
                long header,
                @Nullable Opener opener,
                Map<Long, String> names,
                String problem) {
            this.marks = marks;
            this.kind = kind;
            this.header = header;
            this.opener = opener;
            this.names = names;
            this.problem = problem;
        }

        static Contents none(String problem) {
            return new Contents(new long[0], "", 0, null, Map.of(), problem);
        }
    }

    void add(String tag, Stored stored, boolean folder) {
        if (disjoint == Disjoint.FILES) {
            versions.put(tag, folder ? listed(stored) : Contents.none("it is a file, not a folder"));
        } else {
            versions.put(
                    tag,
                    folder
                            ? Contents.none("it is a folder, which has no rows")
                            : rows(() -> stored.tree().stream(stored.path())));
        }
    }

    void add(String tag, CommitTree commit, Entry held) {
        if (disjoint == Disjoint.FILES) {
            versions.put(tag, held.folder() ? committed(commit, held) : Contents.none("it is a file, not a folder"));
        } else {
            versions.put(
                    tag,
                    held.folder() ? Contents.none("it is a folder, which has no rows") : rows(() -> commit.open(held)));
        }
    }

    private Contents listed(Stored stored) {
        Map<String, String> files = new LinkedHashMap<>();
        Documents.read(stored.tree(), stored.path(), Form.JSON)
                .document()
                .map(Doc::items)
                .orElse(List.of())
                .forEach(item -> item.get("md5")
                        .flatMap(Doc::string)
                        .filter(md5 -> md5.matches("[0-9a-f]{32}") && files.size() < MOST_FILES)
                        .ifPresent(md5 -> files.put(
                                item.get("relpath").flatMap(Doc::string).orElse(md5), md5)));
        return files("dvc", files);
    }

    private Contents committed(CommitTree commit, Entry folder) {
        Map<String, String> files = new LinkedHashMap<>();
        commit.files(folder.path(), MOST_FILES).stream()
                .filter(file -> !RepositoryPath.name(file.path()).startsWith(".git")
                        && !file.id().equals(EMPTY))
                .forEach(file -> files.put(file.path().substring(folder.path().length() + 1), file.id()));
        return files("git", files);
    }

    private static Contents files(String kind, Map<String, String> sums) {
        Map<Long, String> names = new TreeMap<>();
        sums.forEach((name, sum) -> names.putIfAbsent(Long.parseUnsignedLong(sum.substring(0, 16), 16), name));
        return new Contents(names.keySet().stream().mapToLong(Long::longValue).toArray(), kind, 0, null, names, "");
    }

    /** Rows but empty ones. */
    private Contents rows(Opener opener) {
        long[] marks = new long[1024];
        int count = 0;
        long header = 0;
        try (Rows rows = new Rows(opener.open())) {
            for (byte[] row = rows.next(); row != null; row = rows.next()) {
                if (++taken > MOST) {
                    return Contents.none("there are more than " + MOST + " rows in all versions");
                }
                if (count == marks.length) {
                    marks = Arrays.copyOf(marks, count * 2);
                }
                long mark = mark(row);
                header = count == 0 ? mark : header;
                marks[count++] = mark;
            }
        } catch (IOException e) {
            return Contents.none("it cannot be read");
        }
        return new Contents(
                Arrays.stream(marks, 0, count).sorted().distinct().toArray(), "rows", header, opener, Map.of(), "");
    }

    private long mark(byte[] row) {
        return ByteBuffer.wrap(digest.digest(row)).getLong();
    }

    Shared compare(String first, String second) {
        Contents one = versions.getOrDefault(first, Contents.none("the content of " + first + " could not be had"));
        Contents other = versions.getOrDefault(second, Contents.none("the content of " + second + " could not be had"));
        if (!one.problem.isEmpty() || !other.problem.isEmpty()) {
            return new Shared(first, second, -1, 0, 0, "", one.problem.isEmpty() ? other.problem : one.problem);
        }
        if (!one.kind.equals(other.kind)) {
            return new Shared(
                    first,
                    second,
                    -1,
                    0,
                    0,
                    "",
                    "one of them is in Git and the other under DVC, which sum up differently");
        }
        boolean headed = one.header != 0 && one.header == other.header;
        long common = 0;
        long example = 0;
        for (int i = 0, j = 0; i < one.marks.length && j < other.marks.length; ) {
            int order = Long.compare(one.marks[i], other.marks[j]);
            if (order == 0 && !(headed && one.marks[i] == one.header)) {
                example = common++ == 0 ? one.marks[i] : example;
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int less = headed ? 1 : 0;
        return new Shared(
                first,
                second,
                common,
                one.marks.length - less,
                other.marks.length - less,
                common == 0 ? "" : example(one, example),
                "");
    }

    /** Of the first pairs only: each costs reading the version once more. */
    private String example(Contents contents, long mark) {
        if (++examples > EXAMPLES) {
            return "";
        }
        Opener opener = contents.opener;
        if (opener == null) {
            return shown(contents.names.getOrDefault(mark, ""));
        }
        try (Rows rows = new Rows(opener.open())) {
            for (byte[] row = rows.next(); row != null; row = rows.next()) {
                if (mark(row) == mark) {
                    return shown(new String(row, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        return plain.length() > SHOWN ? plain.substring(0, SHOWN - 1) + "…" : plain;
    }

    /** Lines without their ends; of a longer one its beginning. */
    private static final class Rows implements AutoCloseable {
        private final InputStream in;

        Rows(InputStream in) {
            this.in = new BufferedInputStream(in, 1 << 16);
        }

        byte @Nullable [] next() throws IOException {
            ByteArrayOutputStream row = new ByteArrayOutputStream(128);
            int b = in.read();
            while (b >= 0) {
                if (b == '\n') {
                    if (row.size() > 0) {
                        return row.toByteArray();
                    }
                } else if (b != '\r' && row.size() < LONGEST_ROW) {
                    row.write(b);
                }
                b = in.read();
            }
            return row.size() > 0 ? row.toByteArray() : null;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
