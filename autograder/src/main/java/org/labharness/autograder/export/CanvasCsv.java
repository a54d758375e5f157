package org.labharness.autograder.export;

import static org.labharness.autograder.table.CsvText.figure;
import static org.labharness.autograder.table.CsvText.words;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.CsvText;
import org.labharness.lab.course.CourseLab;

/**
 * A gradebook as the import of Canvas takes it: a line of names, a line of the points that can be earned, a line a student.
 *
 * <p>Canvas finds a student by its own ID, else by SIS User ID, else by SIS Login ID, else by the name, and an assignment by the number
 * in parentheses, else by its name; an empty cell is no grade, {@code EX} is excused. With an export of the course's gradebook its IDs
 * are taken over.
 */
public final class CanvasCsv {
    private static final List<String> WHO = List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section");

    private final LmsColumns columns;
    private final Map<String, CsvTable.Row> byId = new HashMap<>();
    private final Map<String, List<CsvTable.Row>> byName = new HashMap<>();

    /** @param export a gradebook that was exported from Canvas; null where there is none */
    public CanvasCsv(LmsColumns columns, @Nullable CsvTable export) {
        this.columns = columns;
        if (export != null) {
            for (CsvTable.Row row : export.rows()) {
                row.get("SIS User ID").ifPresent(id -> byId.put(key(id), row));
                row.get("SIS Login ID").ifPresent(login -> byId.putIfAbsent(key(login), row));
                row.get("Student")
                        .ifPresent(name -> byName.computeIfAbsent(key(name), any -> new ArrayList<>(1))
                                .add(row));
            }
        }
    }

    private static String key(String who) {
        return who.strip().toLowerCase(Locale.ROOT);
    }

    /** @param mark whether a byte order mark comes first */
    public String of(Gradebook book, boolean mark) {
        List<CourseLab> labs = LmsColumns.labs(book.course());
        CsvText csv = new CsvText();
        csv.line(Stream.concat(WHO.stream(), labs.stream().map(columns::of))
                .map(CsvText::words)
                .toList());
        List<CsvText.Cell> possible =
                new ArrayList<>(List.of(words("    Points Possible"), words(""), words(""), words(""), words("")));
        labs.forEach(lab -> possible.add(figure(lab.points().toString())));
        csv.line(possible);
        book.grades().forEach(grade -> csv.line(line(grade, labs)));
        return csv.write(mark);
    }

    private List<CsvText.Cell> line(CourseGrade grade, List<CourseLab> labs) {
        Student student = grade.student();
        Optional<CsvTable.Row> there = known(student);
        List<CsvText.Cell> line = new ArrayList<>();
        line.add(words(there.flatMap(row -> row.get("Student")).orElse(CourseTable.words(student.name()))));
        line.add(figure(there.flatMap(row -> row.get("ID"))
                .filter(id -> id.matches("[0-9]+"))
                .orElse("")));
        line.add(words(
                there.isEmpty()
                        ? student.id().value()
                        : there.flatMap(row -> row.get("SIS User ID")).orElse("")));
        line.add(words(
                there.isEmpty()
                        ? Objects.toString(student.mail(), "")
                        : there.flatMap(row -> row.get("SIS Login ID")).orElse("")));
        line.add(words(there.flatMap(row -> row.get("Section")).orElse(CourseTable.words(student.section()))));
        labs.forEach(lab -> line.add(figure(points(grade.lab(lab.id().value()).orElseThrow()))));
        return line;
    }

    /** Ids of students whom the export does not have. */
    public List<String> unknown(Gradebook book) {
        return book.grades().stream()
                .map(CourseGrade::student)
                .filter(student -> known(student).isEmpty())
                .map(student -> student.id().value())
                .toList();
    }

    /** The student's line in the export: by id, by mail address, by a name that only one line has. */
    private Optional<CsvTable.Row> known(Student student) {
        return Stream.of(student.id().value(), Objects.toString(student.mail(), ""))
                .map(who -> byId.get(key(who)))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(byName.get(key(student.name())))
                        .filter(rows -> rows.size() == 1)
                        .map(List::getFirst));
    }

    private static String points(LabGrade grade) {
        return switch (grade.status()) {
            case GRADED, MISSING -> Explanation.number(grade.points());
            case EXCUSED -> "EX";
            case OPEN, WAITING, CANCELLED -> "";
        };
    }
}
