package org.labharness.pipeline.collect.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.HiddenCopyFacts;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Copies;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Where;

/**
 * Looks for hidden rows in files, and beside them for look-alikes: rows of the same form that nobody was ever given, so that what is found of them was found
 * by chance. Small files come first, for all bytes together are bounded.
 */
public final class RowSearch {
    private static final int MOST_FILES = 20_000;
    private static final int LARGEST = 32 << 20;
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_KEPT = 50;

    private final RowIndex index;
    private final BooleanSupplier isTime;
    private final Map<String, Copies> found = new TreeMap<>();
    private long left = MOST_BYTES;
    private boolean whole = true;

    /**
     * @param rows the numbers of each hidden row
     * @param lookalikes as many of the same form
     * @param isTime whether there is still time
     */
    public RowSearch(List<double[]> rows, List<double[]> lookalikes, BooleanSupplier isTime) {
        this.index = new RowIndex(List.of(rows, lookalikes));
        this.isTime = isTime;
    }

    /** Looks through the regular files below a root; nothing is followed. What was found before in the same place stays. */
    public void in(TreeReader tree, Where where) {
        TreeReader.Listing listing = tree.list("", MOST_FILES, Set.of());
        whole &= listing.complete();
        listing.files().stream()
                .sorted(Comparator.comparingLong(FoundFile::size).thenComparing(FoundFile::path))
                .forEach(file -> look(tree, file, where));
    }

    private void look(TreeReader tree, FoundFile file, Where where) {
        if (left <= 0 || !isTime.getAsBoolean()) {
            whole = false;
            return;
        }
        byte[] content;
        try (InputStream in = tree.stream(file.path())) {
            content = in.readNBytes((int) Math.min(LARGEST, left));
        } catch (IOException gone) {
            return;
        }
        left -= content.length;
        whole &= content.length >= file.size();
        BitSet[] rows = {new BitSet(index.rows()), new BitSet(index.rows())};
        List<byte[]> unpacked = Unpacked.of(content, LARGEST);
        left -= unpacked.stream().mapToLong(part -> part.length).sum();
        for (byte[] part : unpacked.isEmpty() ? List.of(content) : unpacked) {
            for (RowIndex.Numbers numbers : NumbersInBytes.of(part)) {
                index.search(numbers, needle -> rows[needle.group()].set(needle.row(), needle.row() + needle.count()));
            }
        }
        if (!rows[0].isEmpty()) {
            found.merge(
                    (where == Where.MADE ? Where.HANDED_IN : where) + " " + file.path(),
                    new Copies(file.path(), where, rows[0].cardinality(), rows[1].cardinality()),
                    (one, other) -> one.rows() >= other.rows() ? one : other);
        }
    }

    /** What was found, most rows first. */
    public HiddenCopyFacts facts(String data) {
        return new HiddenCopyFacts(
                data,
                index.rows(),
                "",
                whole,
                found.values().stream()
                        .sorted(Comparator.comparingInt(Copies::rows).reversed().thenComparing(Copies::path))
                        .limit(MOST_KEPT)
                        .toList());
    }
}
