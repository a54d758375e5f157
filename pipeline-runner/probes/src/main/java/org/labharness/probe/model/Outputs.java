package org.labharness.probe.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/** Gathers what a model gives, batch after batch. */
final class Outputs {
    /** Values of all rows together: 160 MB. */
    private static final long MOST = 20_000_000;

    private static final int WIDEST = 2_000;

    private final int rows;
    private final Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
    private long values;

    Outputs(int rows) {
        this.rows = rows;
    }

    double[] numbers(String group, String name) throws Unusable {
        Object column = column(group, name, false);
        if (column instanceof double[] numbers) {
            return numbers;
        }
        throw mixed(group);
    }

    String[] texts(String group, String name) throws Unusable {
        Object column = column(group, name, true);
        if (column instanceof String[] texts) {
            return texts;
        }
        throw mixed(group);
    }

    private Object column(String group, String name, boolean texts) throws Unusable {
        Map<String, Object> columns = groups.computeIfAbsent(group, key -> new LinkedHashMap<>());
        Object known = columns.get(name);
        if (known != null) {
            return known;
        }
        values += rows;
        if (columns.size() == WIDEST || values > MOST) {
            throw new Unusable(
                    Unusable.Reason.OUTPUTS,
                    "its output '" + group + "' has more than "
                            + (columns.size() == WIDEST ? WIDEST + " values a row" : MOST + " values"));
        }
        Object made = texts ? filled(new String[rows]) : filled(new double[rows]);
        columns.put(name, made);
        return made;
    }

    private static String[] filled(String[] texts) {
        java.util.Arrays.fill(texts, "");
        return texts;
    }

    private static double[] filled(double[] numbers) {
        java.util.Arrays.fill(numbers, Double.NaN);
        return numbers;
    }

    private static Unusable mixed(String group) {
        return new Unusable(
                Unusable.Reason.OUTPUTS, "its output '" + group + "' is numbers at times and texts at others");
    }

    Table table() {
        List<Column> columns = new ArrayList<>();
        groups.forEach((group, members) -> members.forEach((name, values) -> columns.add(
                values instanceof double[] numbers
                        ? new Column.Numbers(group, name, numbers)
                        : new Column.Texts(group, name, (String[]) values))));
        return new Table(rows, columns);
    }
}
