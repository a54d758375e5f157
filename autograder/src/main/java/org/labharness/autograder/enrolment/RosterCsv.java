package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.table.CsvText;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/**
 * A roster as a table of the harness's own columns, which brought in again changes nothing. What is known of labs that the course has no
 * more is not in it, and stays.
 */
public final class RosterCsv {
    /** What gets an apostrophe in front, or has one taken away: a formula, and what looks as if it had one already. */
    private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20].*", Pattern.DOTALL);

    private final List<Column> columns = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    private record Column(String name, Function<Student, @Nullable String> cell) {}

    private RosterCsv(Course course, Roster roster) {
        columns.add(new Column("id", student -> student.id().value()));
        columns.add(new Column("name", Student::name));
        columns.add(new Column("mail", Student::mail));
        columns.add(new Column(
                "team",
                student -> student.team() == null ? null : student.team().value()));
        columns.add(new Column("section", Student::section));
        columns.add(new Column("repository", Student::repository));
        if (roster.students().stream().anyMatch(Student::audits)) {
            columns.add(new Column("audit", student -> student.audits() ? "yes" : null));
        }
        course.labs().forEach(lab -> ofLab(course, roster, lab));
    }

    /** The table, and what it leaves out, one sentence each. */
    public record Written(String text, List<String> notes) {
        public Written {
            notes = List.copyOf(notes);
        }
    }

    public static Written of(Course course, Roster roster) {
        RosterCsv csv = new RosterCsv(course, roster);
        CsvText text = new CsvText();
        text.line(csv.columns.stream()
                .map(column -> CsvText.figure(column.name()))
                .toList());
        for (Student student : roster.students()) {
            text.line(csv.columns.stream()
                    .map(column -> Optional.ofNullable(column.cell().apply(student)))
                    .map(cell -> CsvText.words(guarded(cell.orElse(""))))
                    .toList());
        }
        return new Written(text.write(false), csv.left);
    }

    private void ofLab(Course course, Roster roster, CourseLab lab) {
        LabId id = lab.id();
        if (roster.students().stream()
                .anyMatch(student -> student.repositories().containsKey(id))) {
            columns.add(new Column(
                    "repository:" + id, student -> student.repositories().get(id)));
        }
        List<Extension> extensions = roster.students().stream()
                .map(student -> student.extensions().get(id))
                .filter(Objects::nonNull)
                .toList();
        if (!extensions.stream().allMatch(extension -> isTaken(extension, lab, course))) {
            left.add("extension:" + id + " is left out: one is before the deadline as it is now. Look at it with ./lab"
                    + " roster.");
        } else if (!extensions.isEmpty()) {
            columns.add(new Column("extension:" + id, student -> {
                Extension extension = student.extensions().get(id);
                return extension == null ? null : ExtensionText.written(extension, course);
            }));
        }
        if (roster.students().stream().anyMatch(student -> student.excused().contains(id))) {
            columns.add(new Column("excused:" + id, student -> student.excused().contains(id) ? "yes" : null));
        }
    }

    private static boolean isTaken(Extension extension, CourseLab lab, Course course) {
        try {
            return ExtensionText.parse(ExtensionText.written(extension, course), lab, course)
                    .equals(extension);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static String guarded(String cell) {
        return GUARDED.matcher(cell).matches() ? "'" + cell : cell;
    }

    /** A cell without the apostrophe that keeps spreadsheets from taking it for a formula. */
    static String unguarded(String cell) {
        return GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
