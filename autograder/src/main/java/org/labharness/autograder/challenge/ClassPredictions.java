package org.labharness.autograder.challenge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.load.NearestWord;
import org.labharness.pipeline.predict.Scoring;

/** Reads labels, and probabilities where a metric asks for them. */
final class ClassPredictions {
    private static final int SHOWN = 12;
    /** Looking for the nearest word takes time, and nobody reads more of them. */
    private static final int MOST_HINTS = 50;

    /** Probabilities written with two decimals do not add up to 1 exactly. */
    private static final double CLOSE = 0.02;

    private final CsvTable table;
    private final Truth truth;
    private final Venue.Here venue;
    private final BiConsumer<Row, String> wrong;
    private final Map<String, String> classes = new HashMap<>();
    private int unknown;

    ClassPredictions(CsvTable table, Truth truth, Venue.Here venue, BiConsumer<Row, String> wrong) {
        this.table = table;
        this.truth = truth;
        this.venue = venue;
        this.wrong = wrong;
        truth.classes().forEach(name -> classes.put(Truth.composed(name), name));
        truth.classes().forEach(name -> classes.put(name, name)); // where two differ in this alone
    }

    Guesses read(@Nullable Row[] rows) {
        Optional<String> single = PredictionsFile.single(table, venue);
        if (!venue.probabilities()) {
            String column = single.orElseThrow(
                    () -> new InvalidTable(table.file(), List.of(PredictionsFile.noColumn(table, venue.label()))));
            return new Guesses.Labels(labels(rows, column), null);
        }
        List<String> missing = truth.classes().stream()
                .filter(name -> !table.has(column(name)))
                .toList();
        if (missing.isEmpty()) {
            double[][] scores = byClass(rows);
            return new Guesses.Labels(
                    single.map(column -> labels(rows, column)).orElseGet(() -> likeliest(scores)), scores);
        }
        if (truth.classes().size() == 2 && single.isPresent()) {
            double[][] scores = ofSecond(rows, single.get());
            return new Guesses.Labels(likeliest(scores), scores);
        }
        throw new InvalidTable(
                table.file(),
                List.of("line 1: there is no column " + names(missing) + ". The metrics ask how likely each class is:"
                        + " expected a column for each of " + names(truth.classes())
                        + (truth.classes().size() == 2
                                ? ", or one '" + PredictionsFile.COLUMN + "' with the probability of '"
                                        + truth.classes().getLast() + "'."
                                : ".")));
    }

    /** As the file writes it: 1.0 for the class 1. */
    private String column(String name) {
        return table.columns().stream()
                .filter(column -> Truth.composed(Scoring.plain(column)).equals(Truth.composed(name)))
                .findFirst()
                .orElse(name);
    }

    private static String names(List<String> names) {
        List<String> shown = names.subList(0, Math.min(SHOWN, names.size()));
        return "'" + String.join("', '", shown) + "'"
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }

    private List<String> labels(@Nullable Row[] rows, String column) {
        List<String> labels = new ArrayList<>(rows.length);
        for (Row row : rows) {
            String text = row == null ? "" : row.get(column).orElse("");
            String label = Scoring.plain(text);
            String known = classes.getOrDefault(label, classes.get(Truth.composed(label)));
            if (row != null && text.isEmpty()) {
                wrong.accept(row, "there is no prediction.");
            } else if (row != null && known == null) {
                wrong.accept(row, unknown(text));
            }
            labels.add(known == null ? label : known);
        }
        return labels;
    }

    private String unknown(String text) {
        String shown = PredictionsFile.shown(text);
        String said = PredictionsFile.quoted(text) + " is no label.";
        if (++unknown > MOST_HINTS) {
            return said;
        }
        Optional<String> meant = truth.classes().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).equals(shown.toLowerCase(Locale.ROOT)))
                .findFirst()
                .or(() -> NearestWord.to(shown, truth.classes()));
        return said + meant.map(name -> " Did you mean '" + name + "'?").orElse("") + " Labels are "
                + names(truth.classes()) + ".";
    }

    private double[][] byClass(@Nullable Row[] rows) {
        List<String> columns = truth.classes().stream().map(this::column).toList();
        double[][] scores = new double[rows.length][columns.size()];
        for (int at = 0; at < rows.length; at++) {
            Row row = rows[at];
            if (row == null) {
                continue;
            }
            boolean whole = true;
            for (int one = 0; one < columns.size(); one++) {
                OptionalDouble value = probability(row, columns.get(one));
                whole &= value.isPresent();
                scores[at][one] = value.orElse(0);
            }
            double sum = Arrays.stream(scores[at]).sum();
            if (whole && Math.abs(sum - 1) > CLOSE) {
                wrong.accept(
                        row,
                        "the probabilities add up to " + Measured.exact(sum).toPlainString() + ", expected 1.");
            }
            for (int one = 0; one < columns.size() && sum > 0; one++) {
                scores[at][one] /= sum;
            }
        }
        return scores;
    }

    private double[][] ofSecond(@Nullable Row[] rows, String column) {
        double[][] scores = new double[rows.length][2];
        for (int at = 0; at < rows.length; at++) {
            Row row = rows[at];
            double second = row == null ? 0 : probability(row, column).orElse(0);
            scores[at] = new double[] {1 - second, second};
        }
        return scores;
    }

    private OptionalDouble probability(Row row, String column) {
        String text = row.get(column).orElse("");
        OptionalDouble value = PredictedNumber.of(text);
        if (text.isEmpty()) {
            wrong.accept(row, "there is no probability in the column '" + PredictionsFile.shown(column) + "'.");
        } else if (value.isEmpty()) {
            String shown = PredictionsFile.shown(text);
            wrong.accept(row, "'" + shown + "' " + PredictedNumber.complaint(shown) + ".");
        } else if (value.getAsDouble() < 0 || value.getAsDouble() > 1) {
            wrong.accept(row, "'" + PredictionsFile.shown(text) + "' is no probability: expected 0 to 1.");
            return OptionalDouble.empty();
        }
        return value;
    }

    private List<String> likeliest(double[][] scores) {
        List<String> labels = new ArrayList<>(scores.length);
        for (double[] row : scores) {
            int best = 0;
            for (int one = 1; one < row.length; one++) {
                best = row[one] > row[best] ? one : best;
            }
            labels.add(truth.classes().get(best));
        }
        return labels;
    }
}
