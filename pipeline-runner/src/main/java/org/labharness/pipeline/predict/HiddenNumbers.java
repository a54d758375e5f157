package org.labharness.pipeline.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.labharness.probe.table.Column;

/**
 * The numbers of hidden rows, to be looked for where they should not be.
 *
 * @param lookalikes rows of the same form that nobody was ever given
 * @param unfit why they cannot be looked for, a sentence; empty where they can
 */
public record HiddenNumbers(List<double[]> rows, List<double[]> lookalikes, String unfit) {
    private static final int LEAST = 3;

    public HiddenNumbers {
        rows = List.copyOf(rows);
        lookalikes = List.copyOf(lookalikes);
    }

    static HiddenNumbers unfit(String why) {
        return new HiddenNumbers(List.of(), List.of(), why);
    }

    static HiddenNumbers of(LabelledRows hidden, LabelledRows lookalikes) {
        double[][] columns = numbers(hidden);
        if (columns.length < LEAST) {
            return unfit("The hidden data '" + hidden.key() + "' have " + columns.length
                    + " columns of numbers, and at least " + LEAST + " are needed to tell their rows from others.");
        }
        return new HiddenNumbers(rows(columns), rows(numbers(lookalikes)), "");
    }

    /** For data that no program makes: each column in another order, so that what rows have in common is lost. */
    static HiddenNumbers of(LabelledRows hidden) {
        double[][] columns = numbers(hidden);
        HiddenNumbers plain = of(hidden, hidden);
        if (!plain.unfit().isEmpty()) {
            return plain;
        }
        double[][] mixed = new double[columns.length][];
        for (int column = 0; column < columns.length; column++) {
            List<Double> values =
                    new ArrayList<>(Arrays.stream(columns[column]).boxed().toList());
            Collections.shuffle(values, new Random(column));
            mixed[column] = values.stream().mapToDouble(Double::doubleValue).toArray();
        }
        return new HiddenNumbers(plain.rows(), rows(mixed), "");
    }

    private static double[][] numbers(LabelledRows rows) {
        return rows.features().columns().stream()
                .filter(Column.Numbers.class::isInstance)
                .map(column -> ((Column.Numbers) column).values())
                .toArray(double[][]::new);
    }

    private static List<double[]> rows(double[][] columns) {
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < columns[0].length; row++) {
            int at = row;
            rows.add(Arrays.stream(columns).mapToDouble(column -> column[at]).toArray());
        }
        return rows;
    }
}
