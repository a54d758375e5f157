package org.labharness.pipeline.predict;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.labharness.lab.QualityMetric;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/**
 * Parts the lines of a table into features and labels, and looks whether they can measure anything.
 *
 * @param subject how messages call the table
 * @param plural whether that is a plural
 * @param label the column to predict
 * @param whose makes a message what is thrown
 * @param features in their order; empty: all other columns that have a name (one without is a row number, as pandas writes it)
 */
record LabelledTable(
        String subject,
        boolean plural,
        String label,
        QualityMetric.Task task,
        List<String> features,
        int minRows,
        Function<String, UnfitData> whose) {
    private static final int MOST_CLASSES = 200;
    private static final int SHOWN = 12;
    /** What pandas reads as a missing number. */
    private static final Set<String> MISSING = Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None");

    /** @param lines the names first */
    LabelledRows rows(String key, boolean secret, List<List<String>> lines) throws UnfitData {
        LabelledRows rows = parted(key, secret, lines, List.of());
        fit(rows.labels());
        return rows;
    }

    /**
     * The same of rows that may all have one label.
     *
     * @param known labels of other rows
     */
    LabelledRows parted(String key, boolean secret, List<List<String>> lines, List<String> known) throws UnfitData {
        if (lines.isEmpty()) {
            throw unfit(plural ? "are empty" : "is empty");
        }
        List<String> names = lines.getFirst();
        List<List<String>> rows = lines.subList(1, lines.size());
        List<String> named = names.stream().filter(name -> !name.isEmpty()).toList();
        if (new HashSet<>(named).size() < named.size()) {
            throw has("two columns of one name");
        }
        if (rows.size() < minRows) {
            throw has(
                    (rows.size() == 1 ? "1 row" : rows.size() + " rows") + ", and at least " + minRows + " are needed");
        }
        for (List<String> row : rows) {
            if (row.size() != names.size()) {
                throw has("a row of " + row.size() + " values below " + names.size() + " names");
            }
        }
        List<String> labels = List.of(values(rows, index(names, label)));
        List<Column> columns = new ArrayList<>();
        List<Column> cells = new ArrayList<>();
        for (String feature : wanted(named)) {
            String[] values = values(rows, index(names, feature));
            columns.add(column(feature, values));
            cells.add(new Column.Texts("", feature, values));
        }
        List<String> all = known.isEmpty()
                ? labels
                : Stream.concat(labels.stream(), known.stream()).distinct().toList();
        return new LabelledRows(
                key, task, secret, new Table(rows.size(), columns), new Table(rows.size(), cells), labels, all);
    }

    private List<String> wanted(List<String> named) throws UnfitData {
        List<String> wanted = features.isEmpty()
                ? named.stream().filter(name -> !name.equals(label)).toList()
                : features;
        if (wanted.contains(label)) {
            throw has((plural ? "their" : "its") + " label among the features");
        }
        if (wanted.isEmpty()) {
            throw has("no column beside the label '" + label + "'");
        }
        return wanted;
    }

    private int index(List<String> names, String name) throws UnfitData {
        int index = names.indexOf(name);
        if (index < 0) {
            throw has("no column '" + name + "', only "
                    + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                    + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : ""));
        }
        return index;
    }

    private static String[] values(List<List<String>> rows, int index) {
        return rows.stream().map(row -> row.get(index)).toArray(String[]::new);
    }

    /** Numbers where every value is one, is missing, or is yes or no. */
    private static Column column(String name, String[] values) {
        double[] numbers = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            try {
                numbers[row] = number(values[row]);
            } catch (NumberFormatException text) {
                return new Column.Texts("", name, values);
            }
        }
        return new Column.Numbers("", name, numbers);
    }

    private static double number(String value) {
        return switch (value) {
            case "True", "true", "TRUE" -> 1;
            case "False", "false", "FALSE" -> 0;
            case String missing when MISSING.contains(missing) -> Double.NaN;
            case String other -> Double.parseDouble(other);
        };
    }

    private void fit(List<String> labels) throws UnfitData {
        long empty = labels.stream().filter(String::isEmpty).count();
        if (empty > 0) {
            throw has("no label in " + empty + " of " + labels.size() + " rows");
        }
        int different = switch (task) {
            case CLASSES -> Classes.of(labels).count();
            case NUMBERS -> numbers(labels).size();
        };
        if (task == QualityMetric.Task.CLASSES && different > MOST_CLASSES) {
            throw has(different + " different labels, and at most " + MOST_CLASSES + " are compared");
        }
        if (different < 2) {
            throw has("the same label in every row");
        }
    }

    private Set<Double> numbers(List<String> labels) throws UnfitData {
        Set<Double> values = new HashSet<>();
        for (String each : labels) {
            double value = parsed(each);
            if (!Double.isFinite(value)) {
                throw has("the label '" + each.substring(0, Math.min(60, each.length()))
                        + "', which is no number; the lab says that numbers are predicted");
            }
            values.add(value);
        }
        return values;
    }

    private static double parsed(String label) {
        try {
            return Double.parseDouble(label);
        } catch (NumberFormatException text) {
            return Double.NaN;
        }
    }

    private UnfitData has(String words) {
        return unfit((plural ? "have " : "has ") + words);
    }

    private UnfitData unfit(String words) {
        return whose.apply(subject + " " + words + ".");
    }
}
