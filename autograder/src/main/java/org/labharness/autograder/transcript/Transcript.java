package org.labharness.autograder.transcript;

import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.gradebook.ComponentGrade;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.Course;

/** Every step of one student's grade. */
public final class Transcript {
    private final Gradebook book;
    private final CourseGrade grade;
    private final Explanation words;
    private final Lines lines;

    private Transcript(Gradebook book, CourseGrade grade, int width) {
        this.book = book;
        this.grade = grade;
        this.words = new Explanation(book.course());
        this.lines = new Lines(width);
    }

    /** @param width columns at most */
    public static String of(Gradebook book, CourseGrade grade, int width) {
        return new Transcript(book, grade, width).write();
    }

    private String write() {
        Student student = grade.student();
        Course course = book.course();
        lines.add(0, who(student));
        lines.add(0, course.title() + " (" + course.id() + "), as of " + words.time(book.asOf()) + " " + course.zone());
        if (course.lateDays() > 0) {
            lines.add(0, "Late days: " + grade.lateDays() + " of " + course.lateDays() + " spent.");
        }
        grade.components().forEach(this::component);
        lines.add(0, "");
        lines.add(0, "Total: " + words.total(grade));
        lines.add(0, standing());
        return lines.toString();
    }

    private static String who(Student student) {
        List<String> parts = new ArrayList<>(List.of(student.id() + "  " + student.name()));
        if (student.section() != null) {
            parts.add("section " + student.section());
        }
        if (student.team() != null) {
            parts.add("team " + student.team());
        }
        return String.join(", ", parts);
    }

    private void component(ComponentGrade component) {
        lines.add(0, "");
        Integer best = component.component().best();
        lines.add(
                0,
                component.component().title() + ", "
                        + component.component().weight().stripTrailingZeros().toPlainString() + " % of the course"
                        + (best == null
                                ? ""
                                : ", the best " + best + " of "
                                        + component.labs().size() + " labs"));
        for (LabGrade lab : component.labs()) {
            lines.add(2, lab.lab().id() + "  " + lab.lab().title());
            words.lab(lab, grade).forEach(line -> lines.add(4, line));
        }
        words.component(component).forEach(line -> lines.add(2, line));
    }

    private String standing() {
        if (!grade.complete()) {
            return grade.provisional()
                    ? "Not final: staff still have to look at something, or something is still open."
                    : "Not final: something is still open.";
        }
        StringBuilder words = new StringBuilder();
        book.course()
                .letter(grade.percent())
                .ifPresent(letter -> words.append("Letter ").append(letter).append(", "));
        if (book.course().passMark() != null) {
            boolean passed = grade.percent().compareTo(book.course().passMark()) >= 0;
            words.append(passed ? "passed" : "not passed")
                    .append(" (")
                    .append(book.course().passMark().stripTrailingZeros().toPlainString())
                    .append(" % are needed), ");
        }
        if (book.course().ranked()) {
            words.append("rank ")
                    .append(book.rank(grade))
                    .append(" of ")
                    .append(book.grades().size())
                    .append(", ");
        }
        return words.append("final.")
                .replace(0, 1, words.substring(0, 1).toUpperCase(java.util.Locale.ROOT))
                .toString();
    }
}
