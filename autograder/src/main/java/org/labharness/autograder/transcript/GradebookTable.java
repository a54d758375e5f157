package org.labharness.autograder.transcript;

import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.gradebook.ComponentGrade;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.Standing;
import org.labharness.autograder.gradebook.Standing.Outcome;
import org.labharness.autograder.gradebook.Standings;
import org.labharness.lab.course.Course;

/** The table of a course: a student a row; components, total, and what the total means. */
public final class GradebookTable {
    private static final int LONGEST_NAME = 28;

    private GradebookTable() {}

    /** @param width columns at most; the names of students give way */
    public static String of(Gradebook book, int width) {
        Course course = book.course();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("student", "name"));
        course.components()
                .forEach(component -> head.add(component.title() + " "
                        + component.weight().stripTrailingZeros().toPlainString()));
        head.add("total");
        head.add("of");
        head.add("standing");
        rows.add(head);
        Standings standings = new Standings(book);
        book.grades().forEach(grade -> rows.add(row(book, grade, standings)));
        return table(rows, width) + "\n" + notes(book);
    }

    private static List<String> row(Gradebook book, CourseGrade grade, Standings standings) {
        List<String> row = new ArrayList<>();
        row.add(PlainText.line(grade.student().id().value(), LONGEST_NAME));
        row.add(PlainText.line(grade.student().name(), LONGEST_NAME));
        for (ComponentGrade component : grade.components()) {
            row.add(component.decided() ? Explanation.number(component.points()) : "-");
        }
        row.add(grade.total().toPlainString());
        row.add(grade.weight().stripTrailingZeros().toPlainString());
        row.add(standing(book, standings.of(grade)));
        return row;
    }

    private static String standing(Gradebook book, Standing standing) {
        if (standing.outcome() == Outcome.OPEN || standing.outcome() == Outcome.WAITS) {
            return standing.outcome().words();
        }
        List<String> words = new ArrayList<>();
        if (standing.letter() != null) {
            words.add(standing.letter());
        }
        if (book.course().passMark() != null) {
            words.add(standing.outcome().words());
        }
        if (standing.rank() != null) {
            words.add("rank " + standing.rank());
        }
        return words.isEmpty() ? standing.outcome().words() : String.join(", ", words);
    }

    private static String notes(Gradebook book) {
        long open = book.grades().stream().filter(grade -> !grade.complete()).count();
        String head = book.grades().size() + " students, as of " + new Explanation(book.course()).time(book.asOf())
                + " " + book.course().zone() + ".";
        return (open == 0
                        ? head
                        : head + " " + open
                                + " are not final: what is not due yet or waits for staff is left out; 'of' is"
                                + " the weight that is decided.")
                + "\n";
    }

    private static String table(List<List<String>> rows, int width) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (int i = 0; i < columns; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
        }
        int all = java.util.Arrays.stream(widths).sum() + 2 * columns;
        widths[1] = Math.max(8, widths[1] - Math.max(0, all - width));
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < columns; i++) {
                boolean number = i > 1 && i < columns - 1;
                line.append(i == 0 ? "" : "  ").append(cell(rows.get(r).get(i), widths[i], number));
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (r == 0) {
                text.append("  ");
                for (int i = 0; i < columns; i++) {
                    text.append(i == 0 ? "" : "  ").append("-".repeat(widths[i]));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String cell(String text, int width, boolean number) {
        String cut = text.length() > width ? text.substring(0, Math.max(1, width - 1)) + "…" : text;
        String blanks = " ".repeat(width - cut.length());
        return number ? blanks + cut : cut + blanks;
    }
}
