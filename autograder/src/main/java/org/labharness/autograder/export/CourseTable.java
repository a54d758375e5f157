package org.labharness.autograder.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.gradebook.ComponentGrade;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.gradebook.Standing;
import org.labharness.autograder.gradebook.Standings;
import org.labharness.autograder.table.CsvText;

/**
 * A gradebook as a table, a student a row. Every form of it shows these cells, letter for letter.
 *
 * @param rows in the order of the gradebook
 */
public record CourseTable(List<Column> columns, List<Row> rows) {
    private static final int LONGEST = 300;

    public CourseTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A column.
     *
     * @param name by which programs find it; it stays whatever titles become
     * @param title what people read above it
     */
    public record Column(String name, String title, Kind kind) {}

    /** What stands in a column. */
    public enum Kind {
        WORDS,
        LAB,
        COMPONENT,
        FIGURE
    }

    /** @param cells one for each column */
    public record Row(CourseGrade grade, Standing standing, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    public static CourseTable of(Gradebook book) {
        Standings standings = new Standings(book);
        return new CourseTable(
                columns(book),
                book.grades().stream()
                        .map(grade -> row(grade, standings.of(grade)))
                        .toList());
    }

    private static List<Column> columns(Gradebook book) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("student", "Student", Kind.WORDS));
        columns.add(new Column("name", "Name", Kind.WORDS));
        columns.add(new Column("section", "Section", Kind.WORDS));
        columns.add(new Column("team", "Team", Kind.WORDS));
        book.course().labs().forEach(lab -> columns.add(new Column("lab " + lab.id(), lab.title(), Kind.LAB)));
        book.course()
                .components()
                .forEach(component ->
                        columns.add(new Column("component " + component.id(), component.title(), Kind.COMPONENT)));
        columns.add(new Column("total", "Total", Kind.FIGURE));
        columns.add(new Column("weight decided", "of", Kind.FIGURE));
        columns.add(new Column("percent", "Percent", Kind.FIGURE));
        columns.add(new Column("letter", "Letter", Kind.WORDS));
        columns.add(new Column("rank", "Rank", Kind.FIGURE));
        columns.add(new Column("status", "Status", Kind.FIGURE));
        return columns;
    }

    private static Row row(CourseGrade grade, Standing standing) {
        List<String> cells = new ArrayList<>();
        cells.add(grade.student().id().value());
        cells.add(words(grade.student().name()));
        cells.add(words(grade.student().section()));
        cells.add(words(Objects.toString(grade.student().team(), "")));
        grade.labs().forEach(lab -> cells.add(cell(lab)));
        grade.components().forEach(component -> cells.add(cell(component)));
        cells.add(grade.total().toPlainString());
        cells.add(grade.weight().stripTrailingZeros().toPlainString());
        cells.add(grade.percent().toPlainString());
        cells.add(Objects.toString(standing.letter(), ""));
        cells.add(Objects.toString(standing.rank(), ""));
        cells.add(standing.outcome().words());
        return new Row(grade, standing, cells);
    }

    static String words(@Nullable String text) {
        return text == null ? "" : PlainText.line(text, LONGEST);
    }

    /** The points, or a word in place of points that do not count or not yet. */
    public static String cell(LabGrade lab) {
        return switch (lab.status()) {
            case GRADED, MISSING -> Explanation.number(lab.points());
            case OPEN -> "open";
            case WAITING -> "waiting";
            case EXCUSED -> "excused";
            case CANCELLED -> "cancelled";
        };
    }

    /** Percent of the course; empty where nothing of it is decided. */
    public static String cell(ComponentGrade component) {
        return component.decided() ? Explanation.number(component.points()) : "";
    }

    /** @param mark whether a byte order mark comes first, by which Excel knows UTF-8 */
    public String csv(boolean mark) {
        CsvText csv = new CsvText();
        csv.line(columns.stream().map(column -> CsvText.words(column.name())).toList());
        for (Row row : rows) {
            List<CsvText.Cell> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String cell = row.cells().get(i);
                cells.add(columns.get(i).kind() == Kind.WORDS ? CsvText.words(cell) : CsvText.figure(cell));
            }
            csv.line(cells);
        }
        return csv.write(mark);
    }
}
