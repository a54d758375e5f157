package org.labharness.autograder.report;

import java.util.List;
import java.util.Optional;
import org.labharness.autograder.check.PlainText;

/** A class on a terminal: a row a student, a column a lab. */
public final class ClassTable {
    private static final int WIDEST = 40;

    private ClassTable() {}

    /** The table, lines ended by line feeds; an empty cell where a student handed nothing in. */
    public static String write(List<Outcome> outcomes, TerminalStyle style) {
        List<String> labs =
                outcomes.stream().map(one -> one.submission().lab()).distinct().toList();
        List<String> students = outcomes.stream()
                .map(one -> one.submission().student())
                .distinct()
                .sorted()
                .toList();
        int first = width(students, "student");
        StringBuilder out = new StringBuilder(pad("student", first));
        labs.forEach(lab -> out.append("  ").append(pad(lab, width(cells(outcomes, lab), lab))));
        String head = out.toString().stripTrailing();
        out.setLength(0);
        out.append(style.strong(head)).append('\n');
        for (String student : students) {
            StringBuilder row = new StringBuilder(pad(PlainText.line(student, WIDEST), first));
            for (String lab : labs) {
                row.append("  ").append(pad(cell(outcomes, student, lab), width(cells(outcomes, lab), lab)));
            }
            out.append(row.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static List<String> cells(List<Outcome> outcomes, String lab) {
        return outcomes.stream()
                .filter(one -> one.submission().lab().equals(lab))
                .map(ClassTable::words)
                .toList();
    }

    private static String cell(List<Outcome> outcomes, String student, String lab) {
        Optional<Outcome> found = outcomes.stream()
                .filter(one -> one.submission().student().equals(student))
                .filter(one -> one.submission().lab().equals(lab))
                .findFirst();
        return found.map(ClassTable::words).orElse("");
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Graded graded ->
                graded.scorecard().points() + " / " + graded.scorecard().of()
                        + (graded.scorecard().held() ? " held" : "");
            case Outcome.Refused refused -> "refused: " + refused.reason().code();
            case Outcome.Broken broken -> "not graded: " + broken.reason().code();
        };
    }

    private static int width(List<String> words, String head) {
        int longest = words.stream().mapToInt(String::length).max().orElse(0);
        return Math.min(WIDEST, Math.max(longest, head.length()));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
