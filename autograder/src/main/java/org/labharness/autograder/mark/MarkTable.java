package org.labharness.autograder.mark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.autograder.table.InvalidTable;

/**
 * A table of marks: {@code student} (or {@code team}) and a column for each item; or {@code student}, {@code item}, {@code points} with a
 * mark a line. {@code grader}, {@code chief} and {@code comment} may stand beside.
 */
public final class MarkTable {
    private static final Set<String> BESIDE = Set.of("student", "team", "name", "grader", "chief", "comment");
    private static final Set<String> YES = Set.of("yes", "true", "1", "x");

    private MarkTable() {}

    /**
     * The marks of a table.
     *
     * @param grader whose marks they are where a line does not say
     * @throws InvalidTable with all problems at once
     */
    public static List<NewMark> read(CsvTable table, MarkReader reader, String grader, boolean chief) {
        if (!table.has("student") && !table.has("team")) {
            throw new InvalidTable(
                    table.file(), List.of("line 1: there is no column 'student' or 'team'. Whose marks are they?"));
        }
        List<NewMark> marks = new ArrayList<>();
        boolean single = table.has("item") && table.has("points");
        for (Row row : table.rows()) {
            String where = "line " + row.line();
            Optional<String> whose = row.get("student").or(() -> row.get("team"));
            if (whose.isEmpty()) {
                reader.wrong(where, "it names no student.");
                continue;
            }
            String by = row.get("grader").orElse(grader);
            boolean word = chief
                    || row.get("chief")
                            .filter(cell -> YES.contains(cell.toLowerCase(Locale.ROOT)))
                            .isPresent();
            String comment = row.get("comment").orElse("");
            if (single) {
                row.get("points")
                        .flatMap(points ->
                                reader.mark(where, whose.get(), row.get("item").orElse(""), points, by, word, comment))
                        .ifPresent(marks::add);
                continue;
            }
            for (String column : table.columns()) {
                if (!BESIDE.contains(column.toLowerCase(Locale.ROOT))) {
                    row.get(column)
                            .flatMap(points -> reader.mark(where, whose.get(), column, points, by, word, comment))
                            .ifPresent(marks::add);
                }
            }
        }
        if (!reader.problems().isEmpty()) {
            throw new InvalidTable(table.file(), reader.problems());
        }
        return marks;
    }
}
