package org.labharness.autograder.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.gradebook.ComponentGrade;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.lab.course.Component;

/** The table of a course: a student a row; components, total, and what the total means. */
public final class GradebookTable {
    private static final int LONGEST_NAME = 28;
    private static final int SHORTEST_NAME = 8;
    private static final int NARROW = 7;
    private static final int NAME = 1;

    private final Gradebook book;
    private final int width;
    private final StandingWords standing;

    private GradebookTable(Gradebook book, int width) {
        this.book = book;
        this.width = width;
        this.standing = new StandingWords(book);
    }

    /** @param width columns at most; the names of students give way, then the titles of components */
    public static String of(Gradebook book, int width) {
        return new GradebookTable(book, width).write();
    }

    private String write() {
        List<List<String>> rows = book.grades().stream().map(this::row).toList();
        List<Heading> headings = headings(Integer.MAX_VALUE);
        String gap = "  ";
        int[] widths = widths(headings, rows);
        if (total(widths, gap) - widths[NAME] + SHORTEST_NAME > width) {
            headings = headings(NARROW);
            gap = " ";
            widths = widths(headings, rows);
        }
        widths[NAME] = Math.max(SHORTEST_NAME, widths[NAME] - Math.max(0, total(widths, gap) - width));
        StringBuilder text = new StringBuilder();
        int lines = headings.stream().mapToInt(Heading::lines).max().orElse(1);
        for (int i = 0; i < lines; i++) {
            int number = i;
            text.append(line(
                    headings.stream()
                            .map(heading -> heading.line(number, lines))
                            .toList(),
                    widths,
                    gap));
        }
        text.append(line(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths, gap));
        for (List<String> row : rows) {
            text.append(line(row, widths, gap));
        }
        return text + "\n" + notes() + WaitingList.of(book, width);
    }

    private static int[] widths(List<Heading> headings, List<List<String>> rows) {
        int[] widths = headings.stream().mapToInt(Heading::width).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
        }
        return widths;
    }

    private static int total(int[] widths, String gap) {
        return Arrays.stream(widths).sum() + gap.length() * widths.length;
    }

    /** @param longest columns of a word in a component's title, beyond which it is cut */
    private List<Heading> headings(int longest) {
        List<Heading> headings = new ArrayList<>(List.of(Heading.of("student"), Heading.of("name")));
        for (Component component : book.course().components()) {
            headings.add(Heading.of(component.title(), longest)
                    .with(component.weight().stripTrailingZeros().toPlainString() + " %"));
        }
        headings.addAll(List.of(Heading.of("total"), Heading.of("of"), Heading.of("standing")));
        return headings;
    }

    private List<String> row(CourseGrade grade) {
        List<String> row = new ArrayList<>();
        row.add(PlainText.line(grade.student().id().value(), LONGEST_NAME));
        row.add(PlainText.line(grade.student().name(), LONGEST_NAME));
        for (ComponentGrade component : grade.components()) {
            row.add(component.decided() ? Explanation.number(component.points()) : "-");
        }
        row.add(grade.total().toPlainString());
        row.add(grade.weight().stripTrailingZeros().toPlainString());
        row.add(standing.brief(grade));
        return row;
    }

    private String notes() {
        int all = book.grades().size();
        long open = book.grades().stream()
                .filter(grade -> !grade.complete() && !grade.student().audits())
                .count();
        Lines lines = new Lines(width);
        lines.add(
                0,
                (all == 1 ? "1 student" : all + " students") + ", as of "
                        + new Explanation(book.course()).time(book.asOf()) + " "
                        + book.course().zone() + "."
                        + (open == 0
                                ? ""
                                : " " + (open == 1 ? "1 is" : open + " are")
                                        + " not final: what is not due yet or waits for staff is left out, and 'of' is the"
                                        + " weight that is decided."));
        return lines.toString();
    }

    private static String line(List<String> row, int[] widths, String gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            boolean number = i > NAME && i < widths.length - 1;
            String cut = Columns.cut(row.get(i), widths[i]);
            line.append(gap).append(number ? Columns.right(cut, widths[i]) : Columns.left(cut, widths[i]));
        }
        return line.toString().stripTrailing() + "\n";
    }
}
