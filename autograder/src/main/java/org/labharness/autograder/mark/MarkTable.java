package org.labharness.autograder.mark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.Points;

/**
 * A table of marks: {@code student} (or {@code team}) and a column for each item; or {@code student}, {@code item}, {@code points} with a
 * mark a line. {@code grader}, {@code chief} and {@code comment} may stand beside.
 */
public final class MarkTable {
    private static final Set<String> BESIDE = Set.of("student", "team", "name", "grader", "chief", "comment");
    private static final Set<String> YES = Set.of("yes", "true", "1", "x");
    private static final Set<String> NO = Set.of("no", "false", "0");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_COMMENT = 2_000;

    private final CsvTable table;
    private final MarkReader reader;
    private final String grader;
    private final boolean chief;
    private final List<NewMark> marks = new ArrayList<>();
    private final Map<Key, Seen> seen = new HashMap<>();

    private MarkTable(CsvTable table, MarkReader reader, String grader, boolean chief) {
        this.table = table;
        this.reader = reader;
        this.grader = grader;
        this.chief = chief;
    }

    private record Key(Owner owner, String item, String grader) {}

    private record Seen(long line, @Nullable Points points) {}

    /**
     * The marks of a table; an empty cell is none.
     *
     * @param grader whose marks they are where a line does not say
     * @throws InvalidTable with all problems at once
     */
    public static List<NewMark> read(CsvTable table, MarkReader reader, String grader, boolean chief) {
        return new MarkTable(table, reader, grader, chief).read();
    }

    private List<NewMark> read() {
        if (!table.has("student") && !table.has("team")) {
            reader.wrong("line 1", "there is no column 'student' or 'team'. Whose marks are they?");
            complain();
        }
        boolean single = table.has("item") && table.has("points");
        List<String> items = single ? List.of() : items();
        table.rows().forEach(row -> row(row, single, items));
        if (marks.isEmpty() && reader.problems().isEmpty()) {
            reader.wrong("", "it holds no mark: no cell for points is filled.");
        }
        complain();
        return List.copyOf(marks);
    }

    private void complain() {
        if (!reader.problems().isEmpty()) {
            throw new InvalidTable(table.file(), reader.problems());
        }
    }

    /** The columns of items; what is no item is a slip of somebody's, and named once. */
    private List<String> items() {
        List<String> items = table.columns().stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .filter(column -> !column.isEmpty() && !BESIDE.contains(column))
                .toList();
        if (items.isEmpty()) {
            reader.wrong("line 1", "there is no column for points: name an item of the form.");
        }
        return items.stream()
                .filter(item -> reader.item("line 1", item).isPresent())
                .toList();
    }

    private void row(Row row, boolean single, List<String> items) {
        String where = "line " + row.line();
        Optional<String> whose = row.get("student").or(() -> row.get("team"));
        if (whose.isEmpty()) {
            reader.wrong(where, "it names no student.");
        } else if (single) {
            row.get("points")
                    .ifPresent(points ->
                            mark(row, where, whose.get(), row.get("item").orElse(""), points));
        } else {
            items.forEach(item -> row.get(item).ifPresent(points -> mark(row, where, whose.get(), item, points)));
        }
    }

    private void mark(Row row, String where, String whose, String item, String points) {
        String comment = row.get("comment").orElse("");
        if (comment.length() > LONGEST_COMMENT) {
            reader.wrong(
                    where,
                    "its comment has " + comment.length() + " characters, at most " + LONGEST_COMMENT + " are kept.");
        }
        String by = row.get("grader")
                .map(cell -> PlainText.line(cell, LONGEST_NAME))
                .filter(cell -> !cell.isEmpty())
                .orElse(grader);
        reader.mark(
                        where,
                        whose,
                        item,
                        points,
                        by,
                        chief || chief(row, where),
                        PlainText.line(comment, LONGEST_COMMENT))
                .ifPresent(mark -> note(row.line(), mark));
    }

    private boolean chief(Row row, String where) {
        String word = row.get("chief").orElse("no").toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            reader.wrong(where, "'chief' takes yes or no, not '" + PlainText.line(word, LONGEST_NAME) + "'.");
        }
        return YES.contains(word);
    }

    /** What a team shares may stand at each of its members, if it is the same. */
    private void note(long line, NewMark mark) {
        Key key = new Key(mark.owner(), mark.item(), mark.grader().toLowerCase(Locale.ROOT));
        Seen first = seen.putIfAbsent(key, new Seen(line, mark.points()));
        if (first == null) {
            marks.add(mark);
        } else if (!Objects.equals(first.points(), mark.points())) {
            String whose = mark.owner() instanceof Owner.OfTeam team
                    ? "team " + team.team()
                    : mark.owner().id();
            reader.wrong(
                    "line " + line,
                    "'" + mark.item() + "' of " + whose + " by " + mark.grader() + " is " + given(mark.points())
                            + ", but " + given(first.points()) + " in line " + first.line() + ". Keep one.");
        }
    }

    private static String given(@Nullable Points points) {
        return points == null ? MarkReader.BACK : points.toString();
    }
}
