package org.labharness.pipeline.collect.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Rows of numbers that are looked for. A row is found where its rarest number stands with all its others around it; and for what keeps a table by columns, where values of one
 * column follow each other as they do in the table. Numbers are the same where six digits are: whoever
 * copies them may write them with other digits, or keep them as floats of four bytes.
 */
final class RowIndex {
    private static final int PREFILTER = 1 << 22;
    private static final int SHIFT = 4;
    /** Fewer numbers are had by chance. */
    private static final int LEAST = 3;
    /** So many values of one column must follow each other. */
    private static final int RUN = 4;

    private final List<Needle> needles = new ArrayList<>();
    private final Map<Integer, List<Needle>> byKey = new HashMap<>();
    private final BitSet known = new BitSet(PREFILTER);
    private final int rows;

    /**
     * @param group whose rows they are
     * @param row the first of {@code count} rows that are found with it
     * @param keys of its numbers: the rarest first, or of values of one column those that follow each other
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Needle(int group, int row, int count, int[] keys) {
        boolean isOfOneColumn() {
            return count > 1;
        }
    }

    /**
     * A sequence of numbers.
     *
     * @param values by their places, from 0 to {@code length - 1}
     */
    record Numbers(int length, IntToDoubleFunction values) {
        double at(int place) {
            return values.applyAsDouble(place);
        }
    }

    /** Told of each needle that is found. */
    interface Found {
        void on(Needle needle);
    }

    /** @param groups tables of one form; of each number of a row NaN and nothing are left out */
    RowIndex(List<List<double[]>> groups) {
        Map<Integer, Integer> frequency = new HashMap<>();
        groups.forEach(group -> group.forEach(row -> Arrays.stream(row)
                .filter(RowIndex::says)
                .forEach(value -> frequency.merge(key(value), 1, Integer::sum))));
        int most = 0;
        for (int group = 0; group < groups.size(); group++) {
            List<double[]> table = groups.get(group);
            most = Math.max(most, table.size());
            for (int row = 0; row < table.size(); row++) {
                int[] keys = rarestFirst(table.get(row), frequency);
                if (keys.length >= LEAST) {
                    needles.add(new Needle(group, row, 1, keys));
                }
            }
            columns(group, table);
        }
        rows = most;
        for (Needle needle : needles) {
            int first = needle.keys()[0];
            for (int key = first - 1; key <= first + 1; key++) {
                byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(needle);
                known.set(slot(key));
            }
        }
    }

    /** Largest number of rows in a group. */
    int rows() {
        return rows;
    }

    private void columns(int group, List<double[]> table) {
        int width = table.isEmpty() ? 0 : table.getFirst().length;
        for (int column = 0; column < width; column++) {
            int at = column;
            double[] values = table.stream().mapToDouble(row -> row[at]).toArray();
            // Whole numbers in a row are what any counter gives.
            if (Arrays.stream(values).allMatch(value -> value == Math.rint(value))) {
                continue;
            }
            for (int row = 0; row + RUN <= values.length; row += RUN) {
                double[] run = Arrays.copyOfRange(values, row, row + RUN);
                if (Arrays.stream(run).filter(RowIndex::says).distinct().count() >= LEAST && says(run[0])) {
                    needles.add(new Needle(
                            group,
                            row,
                            RUN,
                            Arrays.stream(run).mapToInt(RowIndex::key).toArray()));
                }
            }
        }
    }

    private static int[] rarestFirst(double[] values, Map<Integer, Integer> frequency) {
        return Arrays.stream(values)
                .filter(RowIndex::says)
                .mapToObj(RowIndex::key)
                .distinct()
                .sorted((one, other) ->
                        Integer.compare(frequency.getOrDefault(one, 0), frequency.getOrDefault(other, 0)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Zeros stand everywhere. */
    private static boolean says(double value) {
        return Double.isFinite(value) && value != 0;
    }

    private static int key(double value) {
        return Float.floatToIntBits((float) value) >> SHIFT;
    }

    private static int slot(int key) {
        return (key * 0x9E3779B1) >>> 10;
    }

    /** Looks for all needles in a sequence. */
    void search(Numbers numbers, Found found) {
        for (int place = 0; place < numbers.length(); place++) {
            int key = key(numbers.at(place));
            if (known.get(slot(key))) {
                for (Needle needle : byKey.getOrDefault(key, List.of())) {
                    if (needle.isOfOneColumn() ? follows(needle, numbers, place) : isAround(needle, numbers, place)) {
                        found.on(needle);
                    }
                }
            }
        }
    }

    private static boolean follows(Needle needle, Numbers numbers, int place) {
        if (place + needle.keys().length > numbers.length()) {
            return false;
        }
        for (int one = 1; one < needle.keys().length; one++) {
            if (Math.abs(key(numbers.at(place + one)) - needle.keys()[one]) > 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAround(Needle needle, Numbers numbers, int place) {
        int reach = 2 * needle.keys().length + 2;
        int from = Math.max(0, place - reach);
        int to = Math.min(numbers.length() - 1, place + reach);
        for (int one = 1; one < needle.keys().length; one++) {
            int wanted = needle.keys()[one];
            boolean there = false;
            for (int at = from; at <= to && !there; at++) {
                there = Math.abs(key(numbers.at(at)) - wanted) <= 1;
            }
            if (!there) {
                return false;
            }
        }
        return true;
    }
}
