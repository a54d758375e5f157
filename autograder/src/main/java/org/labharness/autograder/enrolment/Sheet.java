package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.CsvTable.Row;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.NearestWord;

/** A table that is being read, with all that is needed to understand it. */
record Sheet(CsvTable table, Course course, Known known, ImportChoices choices, Cells cells, Remarks remarks) {
    private static final int SHOWN = 3;

    /** Whether a column is there and holds anything. */
    boolean filled(String column) {
        return table.rows().stream().anyMatch(row -> row.get(column).isPresent());
    }

    /** The column of the ids: the one that was chosen, else the first of these that holds anything. */
    Optional<String> idColumn(List<String> usual) {
        String chosen = choices.id();
        if (chosen == null) {
            Optional<String> found = usual.stream().filter(this::filled).findFirst();
            if (found.isEmpty()) {
                remarks.problem(1, "no column holds ids: expected " + String.join(" or ", usual) + ".");
            }
            return found;
        }
        if (!table.has(chosen)) {
            remarks.problem(
                    1,
                    "there is no column " + Remarks.quoted(chosen) + " for --id."
                            + NearestWord.to(chosen, table.columns())
                                    .map(word -> " Did you mean " + Remarks.quoted(word) + "?")
                                    .orElse(""));
            return Optional.empty();
        }
        return Optional.of(chosen);
    }

    /**
     * Whom a line is about. Where the ids are mail addresses, a student of the roster who has the address is meant.
     *
     * @param otherwise what to do where the cell is empty
     */
    Optional<StudentId> id(Row row, String column, String otherwise) {
        Optional<String> cell = row.get(column);
        if (cell.isEmpty()) {
            remarks.problem(row.line(), "'" + column + "' is empty. " + otherwise);
            return Optional.empty();
        }
        Optional<StudentId> meant = Cells.isMail(cell.get()) ? known.byMail(cell.get()) : Optional.empty();
        return meant.isPresent() ? meant : cells.id(row.line(), cell.get());
    }

    /** The repository of a pattern that was given for all. */
    void repository(Row row, Optional<String> github, List<Consumer<Draft>> edits) {
        String pattern = choices.repository();
        if (pattern == null) {
            return;
        }
        if (pattern.contains("{github}") && github.isEmpty()) {
            remarks.note(row.line(), "no name on GitHub is given, so no repository is known for this student.");
            return;
        }
        cells.repository(row.line(), pattern, github.orElse(null))
                .ifPresent(address -> edits.add(draft -> {
                    draft.repository = address;
                }));
    }

    /** Names the columns that nothing was made of. */
    void unused(Set<String> used) {
        List<String> rest = new ArrayList<>();
        for (String column : table.columns()) {
            if (!column.isEmpty() && !used.contains(column.toLowerCase(Locale.ROOT))) {
                rest.add(Remarks.quoted(column));
            }
        }
        if (!rest.isEmpty()) {
            String shown = String.join(", ", rest.subList(0, Math.min(SHOWN, rest.size())));
            remarks.note(
                    0,
                    rest.size() == 1
                            ? "the column " + shown + " is not used."
                            : rest.size() + " columns are not used: " + shown
                                    + (rest.size() > SHOWN ? " and " + (rest.size() - SHOWN) + " more." : "."));
        }
    }
}
