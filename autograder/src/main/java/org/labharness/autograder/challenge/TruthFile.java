package org.labharness.autograder.challenge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.QualityMetric.Task;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Split;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.predict.CourseSeed;
import org.labharness.pipeline.predict.Scoring;

/** Reads the labels of a challenge and parts them. Messages name lines and ids, never a label. */
public final class TruthFile {
    /** Fewer rows of a part measure nothing, and tell too much of each. */
    static final int LEAST_ROWS = 20;

    private static final int MOST_CLASSES = 200;

    private final CsvTable table;
    private final Venue.Here venue;
    private final ToLongFunction<String> secret;
    private final List<String> problems = new ArrayList<>();

    private TruthFile(CsvTable table, Venue.Here venue, ToLongFunction<String> secret) {
        this.table = table;
        this.venue = venue;
        this.secret = secret;
    }

    /**
     * The labels of a challenge that is measured here.
     *
     * @param seed decides which rows are public, where no column says it
     * @throws InvalidTable where they cannot measure anything
     */
    public static Truth read(CourseId course, Challenge challenge, Venue.Here venue, CourseSeed seed) {
        CsvTable table = CsvTable.read(challenge.folder().resolve(venue.labels()));
        String purpose = "public rows of " + course + "/" + challenge.id() + ": ";
        return of(table, venue, id -> seed.number(purpose + id));
    }

    /** @param secret draws a number for each id */
    static Truth of(CsvTable table, Venue.Here venue, ToLongFunction<String> secret) {
        return new TruthFile(table, venue, secret).read();
    }

    private Truth read() {
        columns();
        List<String> ids = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Boolean> open = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        for (Row row : table.rows()) {
            String id = row.get(venue.idColumn()).orElse("");
            String label = row.get(venue.label()).orElse("");
            Long earlier = id.isEmpty() ? null : lines.putIfAbsent(id, row.line());
            if (id.isEmpty()) {
                wrong(row, "there is no id.");
            } else if (earlier != null) {
                wrong(row, "the id '" + PlainText.line(id, 60) + "' is in line " + earlier + " already.");
            }
            if (label.isEmpty()) {
                wrong(row, "there is no label.");
            } else if (venue.task() == Task.NUMBERS && PredictedNumber.of(label).isEmpty()) {
                wrong(row, "the label is no number, and the metrics ask for one.");
            }
            if (venue.split() instanceof Split.Column(String name)) {
                open.add(part(row, row.get(name).orElse("")));
            }
            ids.add(id);
            labels.add(label);
        }
        refuseProblems();
        List<String> classes = venue.task() == Task.CLASSES ? Scoring.classes(labels) : List.of();
        Truth truth = new Truth(
                ids, labels, venue.split() instanceof Split.Drawn(int percent) ? drawn(ids, percent) : open, classes);
        fit(truth);
        refuseProblems();
        return truth;
    }

    private void columns() {
        List<String> wanted = new ArrayList<>(List.of(venue.idColumn(), venue.label()));
        if (venue.split() instanceof Split.Column(String name)) {
            wanted.add(name);
        }
        for (String column : wanted) {
            if (!table.has(column)) {
                problems.add("line 1: there is no column '" + column + "', which challenge.yaml names; there are "
                        + PlainText.line(String.join(", ", table.columns()), 200) + ".");
            }
        }
        refuseProblems();
    }

    private boolean part(Row row, String word) {
        if (!word.equalsIgnoreCase("public") && !word.equalsIgnoreCase("private")) {
            wrong(row, "'" + PlainText.line(word, 40) + "' is no part: expected public or private.");
        }
        return word.equalsIgnoreCase("public");
    }

    /** The rows with the smallest numbers, so many that the share is met. */
    private List<Boolean> drawn(List<String> ids, int percent) {
        List<Integer> order = IntStream.range(0, ids.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer row) -> secret.applyAsLong(ids.get(row)))
                        .thenComparing(ids::get))
                .toList();
        int wanted = (int) Math.round(ids.size() * percent / 100.0);
        List<Boolean> open = new ArrayList<>(Collections.nCopies(ids.size(), false));
        order.subList(0, wanted).forEach(row -> open.set(row, true));
        return open;
    }

    private void fit(Truth truth) {
        if (truth.classes().size() > MOST_CLASSES) {
            problems.add("it has " + truth.classes().size() + " different labels, at most " + MOST_CLASSES
                    + " are compared. Are numbers predicted? Then choose metrics of numbers.");
        }
        part(truth, true, "public");
        part(truth, false, "private");
    }

    private void part(Truth truth, boolean open, String name) {
        List<String> labels = IntStream.range(0, truth.size())
                .filter(row -> truth.isOpen(row) == open)
                .mapToObj(row -> compared(truth.labels().get(row)))
                .toList();
        Set<String> different = new TreeSet<>(labels);
        if (labels.size() < LEAST_ROWS) {
            problems.add(
                    "its " + name + " part has " + labels.size() + " rows, and at least " + LEAST_ROWS
                            + " are needed: fewer measure little and tell much of each row. Take more rows, or another 'split'.");
        } else if (different.size() < 2) {
            problems.add("all rows of its " + name + " part have the same label. Take more rows, or another 'split'.");
        } else if (venue.probabilities() && different.size() < truth.classes().size()) {
            problems.add("its " + name + " part has rows of " + different.size() + " of the "
                    + truth.classes().size() + " classes, and ROC AUC and log loss need all of them there."
                    + " Take more rows, or say by a column which are public.");
        }
    }

    /** Texts that differ may be the same number. */
    private String compared(String label) {
        return venue.task() == Task.NUMBERS
                ? String.valueOf(PredictedNumber.of(label).orElse(0))
                : Scoring.plain(label);
    }

    private void wrong(Row row, String sentence) {
        problems.add("line " + row.line() + ": " + sentence);
    }

    private void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidTable(table.file(), problems);
        }
    }
}
