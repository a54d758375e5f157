package org.labharness.autograder.export;

import static org.labharness.autograder.table.CsvText.figure;
import static org.labharness.autograder.table.CsvText.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.table.CsvText;
import org.labharness.lab.course.CourseLab;

/**
 * A gradebook as Moodle's "Import > CSV file" takes it: whom a line is about by ID number or mail address, then for each lab a grade
 * and, for the item's feedback, what became of it. {@code -} is Moodle's own sign for no grade.
 */
public final class MoodleCsv {
    private static final String NO_GRADE = "-";

    private MoodleCsv() {}

    /** @param mark whether a byte order mark comes first */
    public static String of(Gradebook book, LmsColumns columns, boolean mark) {
        List<CourseLab> labs = LmsColumns.labs(book.course());
        List<CsvText.Cell> head =
                new ArrayList<>(List.of(words("ID number"), words("Email address"), words("Full name")));
        for (CourseLab lab : labs) {
            head.add(words(columns.of(lab)));
            head.add(words(columns.of(lab) + " feedback"));
        }
        head.add(words("Course total"));
        CsvText csv = new CsvText().line(head);
        book.grades().forEach(grade -> csv.line(line(grade, labs)));
        return csv.write(mark);
    }

    private static List<CsvText.Cell> line(CourseGrade grade, List<CourseLab> labs) {
        Student student = grade.student();
        List<CsvText.Cell> line = new ArrayList<>();
        line.add(words(student.id().value()));
        line.add(words(Objects.toString(student.mail(), "")));
        line.add(words(CourseTable.words(student.name())));
        for (CourseLab lab : labs) {
            LabGrade one = grade.lab(lab.id().value()).orElseThrow();
            line.add(figure(points(one)));
            line.add(words(feedback(one)));
        }
        line.add(
                figure(grade.weight().signum() == 0 ? NO_GRADE : grade.percent().toPlainString()));
        return line;
    }

    private static String points(LabGrade grade) {
        return switch (grade.status()) {
            case GRADED, MISSING -> Explanation.number(grade.points());
            case OPEN, WAITING, EXCUSED, CANCELLED -> NO_GRADE;
        };
    }

    private static String feedback(LabGrade grade) {
        String points =
                Explanation.number(grade.points()) + " of " + grade.lab().points();
        return switch (grade.status()) {
            case GRADED -> grade.provisional() ? points + ", provisional: staff still have to look at it" : points;
            case MISSING -> "nothing that counts was handed in";
            case OPEN -> "still open";
            case WAITING -> "waits for staff, nothing is lost for it";
            case EXCUSED -> "excused: does not count";
            case CANCELLED -> "cancelled for all";
        };
    }
}
