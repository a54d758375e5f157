package org.labharness.pipeline.collect.dvc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.HistoryCheck.Disjoint;
import org.labharness.pipeline.checkout.CommitTree;
import org.labharness.pipeline.checkout.CommitTree.Entry;
import org.labharness.pipeline.collect.dvc.StoredContent.Stored;
import org.labharness.pipeline.collect.dvc.TableRows.Order;
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
    private static final int SHOWN = 80;
    private static final int EXAMPLES = 5;
    /** The id of an empty file in Git. */
    private static final String EMPTY = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

    private final Disjoint disjoint;
    private final MessageDigest digest = ContentHash.md5();
    private final Map<String, Contents> versions = new HashMap<>();
    private final Map<String, Headed> tables = new HashMap<>();
    /** First row of the version with the fewest columns. */
    private List<String> narrowest = List.of();

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
        /** Whether the first row names the columns. */
        private final boolean named;

        private final Order order;
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
                boolean named,
                Order order,
                @Nullable Opener opener,
                Map<Long, String> names,
                String problem) {
            this.marks = marks;
            this.kind = kind;
            this.header = header;
            this.named = named;
            this.order = order;
            this.opener = opener;
            this.names = names;
            this.problem = problem;
        }

        static Contents none(String problem) {
            return new Contents(new long[0], "", 0, false, Order.AS_IT_STANDS, null, Map.of(), problem);
        }
    }

    void add(String tag, Stored stored, boolean folder) {
        if (disjoint == Disjoint.FILES) {
            versions.put(tag, folder ? listed(stored) : Contents.none("it is a file, not a folder"));
        } else {
            table(tag, folder, () -> stored.tree().stream(stored.path()));
        }
    }

    void add(String tag, CommitTree commit, Entry held) {
        if (disjoint == Disjoint.FILES) {
            versions.put(tag, held.folder() ? committed(commit, held) : Contents.none("it is a file, not a folder"));
        } else {
            table(tag, held.folder(), () -> commit.open(held));
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
        return new Contents(
                names.keySet().stream().mapToLong(Long::longValue).toArray(),
                kind,
                0,
                false,
                Order.AS_IT_STANDS,
                null,
                names,
                "");
    }

    /** What the versions hold; each is read when the first rows of all are known. */
    private Contents contents(String tag) {
        Headed table = tables.get(tag);
        if (table != null) {
            versions.computeIfAbsent(tag, none -> rows(table));
        }
        return versions.getOrDefault(tag, Contents.none("the content of " + tag + " could not be had"));
    }

    private void table(String tag, boolean folder, Opener opener) {
        if (folder) {
            versions.put(tag, Contents.none("it is a folder, which has no rows"));
            return;
        }
        try (TableRows rows = new TableRows(opener.open())) {
            List<String> first = rows.next();
            tables.put(tag, new Headed(opener, first));
            if (first != null && (narrowest.isEmpty() || width(first) < width(narrowest))) {
                narrowest = first;
            }
        } catch (IOException e) {
            versions.put(tag, Contents.none("it cannot be read"));
        }
    }

    /** @param first row; null where there is none */
    private record Headed(Opener opener, @Nullable List<String> first) {}

    private static int width(List<String> first) {
        return first.size() - (TableRows.isUnnamed(first) ? 1 : 0);
    }

    /** Rows but empty ones. */
    private Contents rows(Headed table) {
        List<String> first = table.first();
        try {
            Order order = first == null ? Order.AS_IT_STANDS : Order.of(first, narrowest);
            Contents contents = rows(table.opener(), order);
            return contents == null ? Objects.requireNonNull(rows(table.opener(), Order.AS_IT_STANDS)) : contents;
        } catch (IOException e) {
            return Contents.none("it cannot be read");
        }
    }

    /** Null where the column that was to number the rows does not. */
    private @Nullable Contents rows(Opener opener, Order order) throws IOException {
        long[] marks = new long[1024];
        int count = 0;
        long header = 0;
        boolean named = false;
        long numberOfFirst = -1;
        try (TableRows rows = new TableRows(opener.open())) {
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                if (++taken > MOST) {
                    return Contents.none("there are more than " + MOST + " rows in all versions");
                }
                named = count == 0
                        ? TableRows.isHeader(row.subList(TableRows.isUnnamed(row) ? 1 : 0, row.size()))
                        : named && (count > 1 || row.stream().anyMatch(TableCells::isNumber));
                if (order.numbered() && !(count == 0 && named)) {
                    int at = count - (named ? 1 : 0);
                    numberOfFirst = numberOfFirst < 0 && row.getFirst().equals("1") ? 1 : Math.max(0, numberOfFirst);
                    if (!row.getFirst().equals(Long.toString(at + numberOfFirst))) {
                        taken -= count + 1;
                        return null;
                    }
                }
                marks = count == marks.length ? Arrays.copyOf(marks, count * 2) : marks;
                long mark = mark(row, order);
                header = count == 0 ? mark : header;
                marks[count++] = mark;
            }
        }
        return new Contents(
                Arrays.stream(marks, 0, count).sorted().distinct().toArray(),
                "rows",
                header,
                named,
                order,
                opener,
                Map.of(),
                "");
    }

    private long mark(List<String> row, Order order) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(128);
        order.write(row, plain);
        return ByteBuffer.wrap(digest.digest(plain.toByteArray())).getLong();
    }

    Shared compare(String first, String second) {
        Contents one = contents(first);
        Contents other = contents(second);
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
            if (order == 0 && !((headed || one.named) && one.marks[i] == one.header)) {
                example = common++ == 0 ? one.marks[i] : example;
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return new Shared(
                first,
                second,
                common,
                one.marks.length - (headed || one.named ? 1 : 0),
                other.marks.length - (headed || other.named ? 1 : 0),
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
        try (TableRows rows = new TableRows(opener.open())) {
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                if (mark(row, contents.order) == mark) {
                    return shown(rows.shown());
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
}
