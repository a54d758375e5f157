package org.labharness.autograder.challenge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.QualityMetric.Task;
import org.labharness.lab.challenge.Venue;

/**
 * Reads predictions that somebody handed in. Everything that is wrong is told with its line, before a single row is measured: no message
 * depends on which label a row has, or on which part it belongs to.
 */
public final class PredictionsFile {
    static final String COLUMN = "prediction";
    private static final int SHOWN = 5;
    private static final int LONGEST = 60;
    /** Columns that nobody asked for, such as row numbers or features. */
    private static final int SPARE_COLUMNS = 16;

    private static final int SPARE_LINES = 100;
    private static final int BYTES_OF_A_LINE = 256;
    private static final int BYTES_OF_A_CLASS = 40;

    private final CsvTable table;
    private final Truth truth;
    private final Venue.Here venue;
    private final List<String> problems = new ArrayList<>();

    private PredictionsFile(CsvTable table, Truth truth, Venue.Here venue) {
        this.table = table;
        this.truth = truth;
        this.venue = venue;
    }

    /**
     * The predictions of a file, in the order of the labels.
     *
     * @param name what messages call it
     * @throws InvalidTable with all problems at once
     */
    public static Guesses read(String name, byte[] bytes, Truth truth, Venue.Here venue) {
        String called = PlainText.line(name, LONGEST);
        long most = most(truth, venue);
        if (bytes.length > most) {
            throw new InvalidTable(
                    called,
                    List.of("it is larger than the " + most + " bytes that are read for " + truth.size()
                            + " rows. Leave out every column but '" + venue.idColumn() + "' and the predictions."));
        }
        String text = CsvTable.text(called, bytes);
        bound(called, text, truth, venue);
        return new PredictionsFile(CsvTable.parse(called, text), truth, venue).read();
    }

    /** How many bytes are read of a file of predictions; what is larger is refused. */
    public static long most(Truth truth, Venue.Here venue) {
        long line = BYTES_OF_A_LINE
                + (venue.probabilities()
                        ? (long) BYTES_OF_A_CLASS * truth.classes().size()
                        : 0);
        return line * (truth.size() + SPARE_LINES);
    }

    /** Before the text is parted into cells, of which a small file may have very many. */
    private static void bound(String name, String text, Truth truth, Venue.Here venue) {
        String first = text.lines().findFirst().orElse("");
        int expected = 2 + (venue.probabilities() ? truth.classes().size() : 0);
        long columns =
                1 + first.chars().filter(c -> c == ',' || c == ';' || c == '\t').count();
        if (columns > expected + SPARE_COLUMNS) {
            throw new InvalidTable(
                    name,
                    List.of("line 1: it names " + columns + " columns; expected '" + venue.idColumn() + "' and "
                            + "the predictions alone."));
        }
        long lines = text.lines().count();
        if (lines > 2L * truth.size() + SPARE_LINES) {
            throw new InvalidTable(
                    name,
                    List.of("it has " + lines + " lines; expected the names and one line for each of the "
                            + truth.size() + " ids."));
        }
    }

    private Guesses read() {
        if (!table.has(venue.idColumn())) {
            throw new InvalidTable(
                    table.file(),
                    List.of("line 1: there is no column '" + venue.idColumn() + "'; " + columns(table) + "."));
        }
        Row[] rows = rows();
        Guesses guesses = venue.task() == Task.NUMBERS
                ? numbers(rows)
                : new ClassPredictions(table, truth, venue, this::wrong).read(rows);
        if (!problems.isEmpty()) {
            throw new InvalidTable(table.file(), problems);
        }
        return guesses;
    }

    /** The file's lines in the order of the labels; null where one is missing, which is noted. */
    private @Nullable Row[] rows() {
        @Nullable Row[] rows = new Row[truth.size()];
        for (Row row : table.rows()) {
            Optional<String> id = row.get(venue.idColumn());
            int at = id.map(truth::row).orElse(-1);
            Row earlier = at < 0 ? null : rows[at];
            if (row.cells().values().stream().anyMatch(cell -> cell.indexOf('\n') >= 0)) {
                wrong(row, "a cell goes on into the next line. Is a double quote missing?");
            } else if (id.isEmpty()) {
                wrong(row, "there is no id in the column '" + venue.idColumn() + "'.");
            } else if (at < 0) {
                wrong(row, unknown(id.get()));
            } else if (earlier != null) {
                wrong(row, "the id '" + shown(id.get()) + "' is in line " + earlier.line() + " already.");
            } else {
                rows[at] = row;
            }
        }
        List<String> missing = new ArrayList<>();
        for (int at = 0; at < rows.length; at++) {
            if (rows[at] == null) {
                missing.add(shown(truth.ids().get(at)));
            }
        }
        if (!missing.isEmpty()) {
            problems.add((missing.size() == 1 ? "1 id is missing" : missing.size() + " ids are missing") + " of "
                    + truth.size() + ": " + String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size())))
                    + (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "")
                    + ". Predict something for every row.");
        }
        return rows;
    }

    private String unknown(String id) {
        return "the id " + quoted(id) + " is none of the challenge's."
                + truth.alike(id)
                        .map(other -> " Did a spreadsheet change '" + shown(other) + "'?")
                        .orElse("");
    }

    private Guesses numbers(@Nullable Row[] rows) {
        String column = single(table, venue)
                .orElseThrow(() -> new InvalidTable(table.file(), List.of(noColumn(table, venue.label()))));
        double[] values = new double[rows.length];
        for (int at = 0; at < rows.length; at++) {
            Row row = rows[at];
            if (row == null) {
                continue;
            }
            String text = row.get(column).orElse("");
            values[at] = PredictedNumber.of(text).orElse(0);
            if (text.isEmpty()) {
                wrong(row, "there is no prediction.");
            } else if (PredictedNumber.of(text).isEmpty()) {
                wrong(row, "'" + shown(text) + "' " + PredictedNumber.complaint(shown(text)) + ".");
            }
        }
        return new Guesses.Numbers(values);
    }

    /** The column of predictions: by its own name, or by that of what is predicted. */
    static Optional<String> single(CsvTable table, Venue.Here venue) {
        return List.of(COLUMN, venue.label()).stream().filter(table::has).findFirst();
    }

    static String noColumn(CsvTable table, String label) {
        return "line 1: there is no column '" + COLUMN + "' (or '" + label + "') with the predictions; "
                + columns(table) + ".";
    }

    private static String columns(CsvTable table) {
        return "there " + (table.columns().size() == 1 ? "is " : "are ")
                + PlainText.line(String.join(", ", table.columns()), 200);
    }

    /** Between quotation marks, and beside them what nobody sees in it: else it looks just like what is expected. */
    static String quoted(String text) {
        String unseen = text.codePoints()
                .limit(LONGEST)
                .filter(one ->
                        one != ' ' && PlainText.line(Character.toString(one), 1).isEmpty())
                .distinct()
                .limit(SHOWN)
                .mapToObj(one -> String.format(Locale.ROOT, "U+%04X", one))
                .collect(Collectors.joining(", "));
        return "'" + shown(text) + "'" + (unseen.isEmpty() ? "" : " with " + unseen + ", which nobody sees,");
    }

    static String shown(String text) {
        return PlainText.line(text, LONGEST);
    }

    private void wrong(Row row, String sentence) {
        problems.add("line " + row.line() + ": " + sentence);
    }
}
