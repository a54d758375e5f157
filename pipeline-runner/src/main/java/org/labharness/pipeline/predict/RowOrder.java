package org.labharness.pipeline.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/**
 * Rows in another order, and back.
 *
 * @param places for each row of the other order the row that it was
 */
record RowOrder(long seed, List<Integer> places) {
    RowOrder {
        places = List.copyOf(places);
    }

    static RowOrder of(long seed, int rows) {
        List<Integer> places = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
        Collections.shuffle(places, new Random(seed));
        return new RowOrder(seed, places);
    }

    Table shuffled(Table table) {
        int[] from = places.stream().mapToInt(Integer::intValue).toArray();
        return moved(table, from);
    }

    Table restored(Table table) {
        int[] from = new int[places.size()];
        for (int row = 0; row < from.length; row++) {
            from[places.get(row)] = row;
        }
        return moved(table, from);
    }

    /** @param from for each row of the result the row that it was */
    static Table moved(Table table, int[] from) {
        return new Table(
                from.length,
                table.columns().stream().map(column -> moved(column, from)).toList());
    }

    private static Column moved(Column column, int[] from) {
        return switch (column) {
            case Column.Numbers numbers -> {
                double[] values = new double[from.length];
                for (int row = 0; row < from.length; row++) {
                    values[row] = numbers.values()[from[row]];
                }
                yield new Column.Numbers(numbers.group(), numbers.name(), values);
            }
            case Column.Texts texts -> {
                String[] values = new String[from.length];
                for (int row = 0; row < from.length; row++) {
                    values[row] = texts.values()[from[row]];
                }
                yield new Column.Texts(texts.group(), texts.name(), values);
            }
        };
    }
}
