package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** A roster as a table for a terminal, with what differs by lab under each student. */
public final class RosterListing {
    private static final int LONGEST = 200;
    private static final List<String> HEAD = List.of("id", "name", "team", "section", "mail", "repository");

    private RosterListing() {}

    /** The whole roster. */
    public static String of(Course course, Roster roster) {
        if (roster.students().isEmpty()) {
            return head(course, roster) + " Bring them in with ./lab roster F.csv --apply.\n";
        }
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        roster.students().forEach(student -> rows.add(row(student)));
        List<Integer> shown = shown(rows);
        StringBuilder text = new StringBuilder(head(course, roster)).append("\n\n");
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> shown.forEach(column ->
                widths[column] = Math.max(widths[column], row.get(column).length())));
        text.append(line(HEAD, widths, shown, ' ')).append('\n');
        text.append(line(Collections.nCopies(HEAD.size(), ""), widths, shown, '-'))
                .append('\n');
        for (int i = 0; i < roster.students().size(); i++) {
            text.append(line(rows.get(i + 1), widths, shown, ' ')).append('\n');
            byLab(course, roster.students().get(i))
                    .forEach(one -> text.append("      ").append(one).append('\n'));
        }
        return text.toString();
    }

    private static String head(Course course, Roster roster) {
        List<Student> students = roster.students();
        long teams = students.stream()
                .map(Student::team)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        long sections = students.stream()
                .map(Student::section)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        return course.title() + " (" + course.id() + "): " + count(students.size(), "student")
                + (teams > 0 ? ", " + count(teams, "team") : "")
                + (sections > 0 ? ", " + count(sections, "section") : "") + ".";
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static List<String> row(Student student) {
        return List.of(
                student.id().value(),
                cell(student.name()),
                student.team() == null ? "" : student.team().value(),
                cell(student.section()),
                cell(student.mail()),
                cell(student.repository()));
    }

    private static String cell(@Nullable String text) {
        return text == null ? "" : PlainText.line(text, LONGEST);
    }

    /** Columns that hold anything. */
    private static List<Integer> shown(List<List<String>> rows) {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < HEAD.size(); i++) {
            int column = i;
            if (i < 2 || rows.stream().skip(1).anyMatch(row -> !row.get(column).isEmpty())) {
                shown.add(i);
            }
        }
        return shown;
    }

    private static String line(List<String> row, int[] widths, List<Integer> shown, char filled) {
        return shown.stream()
                .map(column -> row.get(column)
                        + String.valueOf(filled)
                                .repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("  ", "  ", ""))
                .stripTrailing();
    }

    private static List<String> byLab(Course course, Student student) {
        List<String> lines = new ArrayList<>();
        if (student.audits()) {
            lines.add("audits the course: no grade");
        }
        for (CourseLab lab : course.labs()) {
            List<String> words = new ArrayList<>();
            String repository = student.repositories().get(lab.id());
            Extension extension = student.extensions().get(lab.id());
            if (student.excused().contains(lab.id())) {
                words.add("excused");
            }
            if (extension != null) {
                words.add("extended " + ExtensionText.words(extension, lab, course));
            }
            if (repository != null) {
                words.add("repository " + cell(repository));
            }
            if (!words.isEmpty()) {
                lines.add(lab.id() + ": " + String.join(", ", words));
            }
        }
        return lines;
    }
}
