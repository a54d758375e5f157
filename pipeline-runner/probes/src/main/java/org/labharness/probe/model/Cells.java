package org.labharness.probe.model;

import java.util.List;
import org.labharness.probe.table.Column;

/** The values of some rows, one row after the other, as an input wants them. */
final class Cells {
    private Cells() {}

    /** Numbers of rows {@code from} to {@code from + rows}; rows past the end repeat the last one. */
    static double[] numbers(Input input, List<Column> columns, int from, int rows) throws Unusable {
        double[] cells = new double[rows * columns.size()];
        for (int index = 0; index < columns.size(); index++) {
            if (!(columns.get(index) instanceof Column.Numbers numbers)) {
                throw new Unusable(
                        Unusable.Reason.INPUTS,
                        "its input '" + input.name() + "' takes numbers (" + input.described() + "), but the column '"
                                + columns.get(index).name() + "' holds texts");
            }
            for (int row = 0; row < rows; row++) {
                cells[row * columns.size() + index] = numbers.values()[Math.min(from + row, numbers.rows() - 1)];
            }
        }
        return cells;
    }

    /** The same where only whole numbers will do. */
    static long[] whole(Input input, List<Column> columns, int from, int rows) throws Unusable {
        double[] cells = numbers(input, columns, from, rows);
        long[] whole = new long[cells.length];
        for (int cell = 0; cell < cells.length; cell++) {
            whole[cell] = (long) cells[cell];
            if (whole[cell] != cells[cell]) {
                throw new Unusable(
                        Unusable.Reason.INPUTS,
                        "its input '" + input.name() + "' takes whole numbers (" + input.described()
                                + "), but the column '"
                                + columns.get(cell % columns.size()).name() + "' holds "
                                + "others");
            }
        }
        return whole;
    }

    /** The same as texts. */
    static String[] texts(Input input, List<Column> columns, int from, int rows) throws Unusable {
        String[] cells = new String[rows * columns.size()];
        for (int index = 0; index < columns.size(); index++) {
            if (!(columns.get(index) instanceof Column.Texts texts)) {
                throw new Unusable(
                        Unusable.Reason.INPUTS,
                        "its input '" + input.name() + "' takes texts (" + input.described() + "), but the column '"
                                + columns.get(index).name() + "' holds numbers");
            }
            for (int row = 0; row < rows; row++) {
                cells[row * columns.size() + index] = texts.values()[Math.min(from + row, texts.rows() - 1)];
            }
        }
        return cells;
    }
}
