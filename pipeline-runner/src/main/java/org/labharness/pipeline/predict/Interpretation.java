package org.labharness.pipeline.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.QualityMetric;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/**
 * What a model's outputs say. Exporters name and shape outputs as they like: a label and a probability for each class, one of the two, a score of
 * the second of two classes, a number.
 */
final class Interpretation {
    private final Map<String, List<Column>> groups;
    private final int rows;

    private Interpretation(Table outputs) {
        this.rows = outputs.rows();
        this.groups = outputs.columns().stream()
                .collect(Collectors.groupingBy(Column::group, LinkedHashMap::new, Collectors.toList()));
    }

    /** Outputs that say nothing, with words for their author. */
    static final class Unclear extends Exception {
        private static final long serialVersionUID = 1;

        Unclear(String message) {
            super(message);
        }
    }

    /**
     * Reads the outputs.
     *
     * @param rows how many were given
     * @param labels the true ones: which classes there are
     */
    static Guess read(Table outputs, QualityMetric.Task task, int rows, List<String> labels) throws Unclear {
        if (outputs.rows() != rows) {
            throw new Unclear("it gave " + outputs.rows()
                    + (outputs.rows() == 1 ? " prediction for " : " predictions for ") + rows + " rows");
        }
        Interpretation reading = new Interpretation(outputs);
        return switch (task) {
            case NUMBERS -> reading.numbers();
            case CLASSES -> reading.labels(Classes.of(labels));
        };
    }

    private Guess numbers() throws Unclear {
        for (List<Column> group : groups.values()) {
            if (group.size() == 1 && group.getFirst() instanceof Column.Numbers numbers) {
                finite(numbers.values());
                return new Guess.Numbers(numbers.values());
            }
        }
        throw new Unclear("none of its outputs is one number for each row: " + described());
    }

    private Guess labels(Classes classes) throws Unclear {
        double @Nullable [][] scores = scores(classes);
        Optional<List<String>> labels = labelColumn(classes, scores != null);
        if (labels.isPresent()) {
            return new Guess.Labels(labels.get(), scores);
        }
        if (scores == null) {
            for (List<Column> group : groups.values()) {
                if (group.size() == 1 && group.getFirst() instanceof Column.Numbers numbers) {
                    finite(numbers.values());
                }
            }
            throw new Unclear("none of its outputs is a label, or has a value for each of the " + classes.count()
                    + " classes: " + described());
        }
        List<String> likeliest = new ArrayList<>();
        for (double[] row : scores) {
            int best = 0;
            for (int one = 1; one < row.length; one++) {
                best = row[one] > row[best] ? one : best;
            }
            likeliest.add(classes.names().get(best));
        }
        return new Guess.Labels(likeliest, scores);
    }

    private Optional<List<String>> labelColumn(Classes classes, boolean scored) throws Unclear {
        for (List<Column> group : groups.values()) {
            if (group.size() == 1 && group.getFirst() instanceof Column.Texts texts) {
                return Optional.of(decoded(given(texts), classes));
            }
        }
        Optional<List<String>> whole = Optional.empty();
        for (List<Column> group : groups.values()) {
            if (group.size() == 1 && group.getFirst() instanceof Column.Numbers numbers && wholeOnly(numbers)) {
                List<String> words = words(numbers, classes);
                if (scored || words.stream().allMatch(label -> classes.index(label) >= 0)) {
                    return Optional.of(words);
                }
                whole = whole.or(() -> Optional.of(words));
            }
        }
        return whole;
    }

    private static List<String> given(Column.Texts texts) throws Unclear {
        List<String> labels = Arrays.stream(texts.values()).map(Classes::plain).toList();
        long missing = labels.stream().filter(String::isEmpty).count();
        if (missing > 0) {
            throw new Unclear("of its " + labels.size() + " predictions " + missing
                    + (missing == 1 ? " is missing" : " are missing"));
        }
        return labels;
    }

    private static List<String> words(Column.Numbers numbers, Classes classes) {
        return decoded(Arrays.stream(numbers.values()).mapToObj(Classes::plain).toList(), classes);
    }

    /** Where the true labels are texts, numbers from 0 on count them in their order, as an encoder of labels does. */
    private static List<String> decoded(List<String> labels, Classes classes) {
        boolean positions = classes.names().stream().noneMatch(Interpretation::isNumber)
                && labels.stream()
                        .allMatch(label -> label.matches("[0-9]{1,3}") && Integer.parseInt(label) < classes.count());
        return positions
                ? labels.stream()
                        .map(label -> classes.names().get(Integer.parseInt(label)))
                        .toList()
                : labels;
    }

    private static boolean isNumber(String name) {
        return name.matches("[+-]?[0-9.].*");
    }

    private static boolean wholeOnly(Column.Numbers numbers) {
        return Arrays.stream(numbers.values()).allMatch(value -> value == Math.rint(value) && Math.abs(value) < 1e15);
    }

    private double @Nullable [][] scores(Classes classes) throws Unclear {
        for (List<Column> group : groups.values()) {
            List<Column.Numbers> columns = group.stream()
                    .filter(Column.Numbers.class::isInstance)
                    .map(Column.Numbers.class::cast)
                    .toList();
            if (columns.size() == group.size() && columns.size() == classes.count()) {
                return byClass(columns, classes);
            }
        }
        if (classes.count() == 2) {
            for (List<Column> group : groups.values()) {
                if (group.size() == 1 && group.getFirst() instanceof Column.Numbers numbers && !wholeOnly(numbers)) {
                    return ofSecond(numbers.values());
                }
            }
        }
        return null;
    }

    /** In the order of the classes where the columns have their names, else as they stand. */
    private double[][] byClass(List<Column.Numbers> columns, Classes classes) throws Unclear {
        boolean named = columns.stream()
                        .map(column -> classes.index(column.name()))
                        .distinct()
                        .filter(at -> at >= 0)
                        .count()
                == classes.count();
        double[][] scores = new double[rows][classes.count()];
        for (int position = 0; position < columns.size(); position++) {
            Column.Numbers column = columns.get(position);
            finite(column.values());
            int target = named ? classes.index(column.name()) : position;
            for (int row = 0; row < rows; row++) {
                scores[row][target] = column.values()[row];
            }
        }
        return scores;
    }

    /** A probability, or, where there are values that are none, the logarithm of the odds. */
    private static double[][] ofSecond(double[] values) throws Unclear {
        finite(values);
        boolean probabilities = Arrays.stream(values).allMatch(value -> value >= 0 && value <= 1);
        double[][] scores = new double[values.length][];
        for (int row = 0; row < values.length; row++) {
            double second = probabilities ? values[row] : 1 / (1 + Math.exp(-values[row]));
            scores[row] = new double[] {1 - second, second};
        }
        return scores;
    }

    private static void finite(double[] values) throws Unclear {
        long missing = Arrays.stream(values).filter(Double::isNaN).count();
        long infinite = Arrays.stream(values).filter(Double::isInfinite).count();
        if (missing + infinite > 0) {
            throw new Unclear("of its " + values.length + " predictions "
                    + Stream.of(counted(missing, "missing (NaN)"), counted(infinite, "infinite"))
                            .filter(words -> !words.isEmpty())
                            .collect(Collectors.joining(" and ")));
        }
    }

    private static String counted(long count, String what) {
        return count == 0 ? "" : count + (count == 1 ? " is " : " are ") + what;
    }

    private String described() {
        return groups.entrySet().stream()
                .limit(5)
                .map(group -> "'" + group.getKey() + "' has " + shape(group.getValue()) + " a row")
                .collect(Collectors.joining(", "));
    }

    private static String shape(List<Column> group) {
        int texts = (int) group.stream().filter(Column.Texts.class::isInstance).count();
        return Stream.of(amount(texts, "text"), amount(group.size() - texts, "number"))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private static String amount(int count, String what) {
        return count == 0 ? "" : (count == 1 ? "one " + what : count + " " + what + "s");
    }
}
