package org.labharness.pipeline.collect.dvc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of a text file in one form, whatever its separator, quotes and number formats. A quoted text over several lines is several rows. */
final class TableRows implements AutoCloseable {
    private static final int LONGEST_ROW = 64 << 10;
    private static final Set<String> UNNAMED = Set.of("", "Unnamed: 0");

    private final InputStream in;
    private final byte[] line = new byte[LONGEST_ROW];
    private byte[] raw = new byte[0];
    private char separator;
    private boolean begun;

    TableRows(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** Cells of the next row that is not empty, one letter a byte; of a long one its beginning. */
    @Nullable
    List<String> next() throws IOException {
        int length = 0;
        int b = in.read();
        while (b >= 0 && !(b == '\n' && length > 0)) {
            if (b != '\n' && b != '\r' && length < LONGEST_ROW) {
                line[length++] = (byte) b;
            }
            b = in.read();
        }
        int from = begun || !isMarked(length) ? 0 : 3;
        raw = Arrays.copyOfRange(line, from, length);
        if (length == 0) {
            return null;
        }
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        if (!begun) {
            separator = TableCells.separator(text);
            begun = true;
        }
        return TableCells.of(text, separator);
    }

    private boolean isMarked(int length) {
        return length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
    }

    /** The last row as it stands in the file. */
    String shown() {
        return new String(raw, StandardCharsets.UTF_8);
    }

    /** Whether a first cell is what programs write above the numbers of rows. */
    static boolean isUnnamed(List<String> first) {
        return first.size() > 1 && UNNAMED.contains(first.getFirst());
    }

    /**
     * Which cells of a row are compared, in which order.
     *
     * @param places of the cells; empty for all as they stand
     * @param numbered whether the first column is left out because it numbers the rows, which each row has to show
     */
    record Order(List<Integer> places, boolean numbered) {
        static final Order AS_IT_STANDS = new Order(List.of(), false);

        Order {
            places = List.copyOf(places);
        }

        /**
         * @param first row of the table
         * @param narrowest first row of all that are compared
         */
        static Order of(List<String> first, List<String> narrowest) {
            int from = isUnnamed(first) ? 1 : 0;
            List<String> names = first.subList(from, first.size());
            List<String> wanted = narrowest.subList(isUnnamed(narrowest) ? 1 : 0, narrowest.size());
            boolean numbered = from == 0 && names.size() == wanted.size() + 1 && names.size() > 2;
            int skipped = numbered ? 1 : from;
            List<String> kept = first.subList(skipped, first.size());
            boolean named = isHeader(kept)
                    && Set.copyOf(kept).size() == kept.size()
                    && kept.size() == wanted.size()
                    && Set.copyOf(kept).equals(Set.copyOf(wanted));
            if (named) {
                return new Order(
                        wanted.stream()
                                .map(name -> skipped + kept.indexOf(name))
                                .toList(),
                        numbered);
            }
            boolean left = (numbered && !isHeader(first)) || from == 1;
            return left
                    ? new Order(IntStream.range(skipped, first.size()).boxed().toList(), numbered)
                    : AS_IT_STANDS;
        }

        void write(List<String> row, ByteArrayOutputStream out) {
            boolean whole = places.isEmpty();
            int most = whole ? row.size() : places.size();
            for (int i = 0; i < most; i++) {
                int place = whole ? i : places.get(i);
                String cell = place < row.size() ? row.get(place) : "";
                out.writeBytes(cell.getBytes(StandardCharsets.ISO_8859_1));
                out.write(0x1F);
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Names only, no number. */
    static boolean isHeader(List<String> row) {
        return row.stream().noneMatch(cell -> cell.isEmpty() || TableCells.isNumber(cell));
    }
}
