package org.labharness.pipeline.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.labharness.lab.HiddenData;
import org.labharness.lab.QualityMetric;
import org.labharness.pipeline.document.Table;
import org.labharness.probe.table.Column;

/** Reads hidden data from a CSV file, and looks whether they can measure anything. */
final class HiddenTable {
    private static final int MOST_CLASSES = 200;

    private final HiddenData data;

    private HiddenTable(HiddenData data) {
        this.data = data;
    }

    static HiddenRows read(HiddenData data, Path file) throws UnfitData {
        return new HiddenTable(data).rows(file);
    }

    private HiddenRows rows(Path file) throws UnfitData {
        List<List<String>> lines = lines(file);
        if (lines.isEmpty()) {
            throw unfit("are empty");
        }
        List<String> names = lines.getFirst();
        List<List<String>> rows = lines.subList(1, lines.size());
        if (new HashSet<>(names).size() < names.size()) {
            throw unfit("have two columns of one name");
        }
        if (rows.size() < data.minRows()) {
            throw unfit("have " + rows.size() + " rows, and the lab asks for at least " + data.minRows());
        }
        for (List<String> row : rows) {
            if (row.size() != names.size()) {
                throw unfit("have a row of " + row.size() + " values below " + names.size() + " names");
            }
        }
        List<Column> columns = new ArrayList<>();
        for (String feature : features(names)) {
            columns.add(column(feature, values(rows, index(names, feature))));
        }
        List<String> labels = List.of(values(rows, index(names, data.label())));
        fit(labels);
        return new HiddenRows(data, new org.labharness.probe.table.Table(rows.size(), columns), labels);
    }

    private List<List<String>> lines(Path file) throws UnfitData {
        try {
            if (Files.size(file) > Table.LARGEST) {
                throw unfit("have " + Files.size(file) + " bytes, and at most " + Table.LARGEST + " are read");
            }
            return Table.read(Files.readAllBytes(file)).rows();
        } catch (IOException e) {
            throw new UnfitData("The hidden data '" + data.id() + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private List<String> features(List<String> names) throws UnfitData {
        List<String> features = data.features().isEmpty()
                ? names.stream().filter(name -> !name.equals(data.label())).toList()
                : data.features();
        if (features.contains(data.label())) {
            throw unfit("have their label among the features");
        }
        return features;
    }

    private int index(List<String> names, String name) throws UnfitData {
        int index = names.indexOf(name);
        if (index < 0) {
            throw unfit("have no column '" + name + "', only " + String.join(", ", names));
        }
        return index;
    }

    private static String[] values(List<List<String>> rows, int index) {
        return rows.stream().map(row -> row.get(index)).toArray(String[]::new);
    }

    /** Numbers where every value is one or missing. */
    private static Column column(String name, String[] values) {
        double[] numbers = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            try {
                numbers[row] = values[row].isEmpty() ? Double.NaN : Double.parseDouble(values[row]);
            } catch (NumberFormatException text) {
                return new Column.Texts("", name, values);
            }
        }
        return new Column.Numbers("", name, numbers);
    }

    private void fit(List<String> labels) throws UnfitData {
        switch (data.task()) {
            case CLASSES -> {
                int classes = Classes.of(labels).count();
                if (classes < 2 || classes > MOST_CLASSES || labels.contains("")) {
                    throw unfit("have " + classes + " different labels, of which none may be empty; 2 to "
                            + MOST_CLASSES + " are possible");
                }
            }
            case NUMBERS -> {
                double first = Double.NaN;
                boolean differ = false;
                for (String label : labels) {
                    double value = number(label);
                    differ |= !Double.isNaN(first) && value != first;
                    first = Double.isNaN(first) ? value : first;
                }
                if (!differ) {
                    throw unfit("have the same label in every row");
                }
            }
        }
    }

    private double number(String label) throws UnfitData {
        try {
            double value = Double.parseDouble(label);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as what is no number either.
        }
        throw unfit("have the label '" + label + "', which is no number; the lab says that they predict "
                + QualityMetric.Task.NUMBERS.name().toLowerCase(java.util.Locale.ROOT));
    }

    private UnfitData unfit(String words) {
        return new UnfitData("The hidden data '" + data.id() + "' " + words + ".");
    }
}
