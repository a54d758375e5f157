package org.labharness.autograder.transcript;

import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.gradebook.ComponentGrade;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.Component.Scale;
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
        Course course = book.course();
        lines.add(0, who(grade.student()));
        lines.add(0, course.title() + " (" + course.id() + "), as of " + words.time(book.asOf()) + " " + course.zone());
        if (course.lateDays() > 0) {
            lines.add(0, "Late days: " + grade.lateDays() + " of " + course.lateDays() + " spent.");
        }
        grade.components().forEach(this::component);
        lines.blank();
        lines.add(0, (grade.weight().signum() == 0 ? "" : "Total: ") + words.total(grade));
        lines.add(0, new StandingWords(book).sentence(grade));
        if (lines.toString().contains("…")) {
            lines.add(0, "All sums are exact; \"…\" stands for further decimal places.");
        }
        return lines.toString();
    }

    private static String who(Student student) {
        List<String> parts = new ArrayList<>(List.of(student.id() + " " + student.name()));
        if (student.section() != null) {
            parts.add("section " + student.section());
        }
        if (student.team() != null) {
            parts.add("team " + student.team());
        }
        return String.join(", ", parts);
    }

    private void component(ComponentGrade component) {
        lines.blank();
        Integer best = component.component().best();
        long labs = component.labs().stream()
                .filter(lab -> lab.lab().cancelled() == null)
                .count();
        String offered = labs + (labs == 1 ? " lab" : " labs");
        String which = best == null
                ? ""
                : labs < best
                        ? ", the best " + best + " count, " + offered + " so far"
                        : ", the best " + best + " of " + offered;
        lines.add(
                0,
                component.component().title() + ", "
                        + component.component().weight().stripTrailingZeros().toPlainString() + " % of the course"
                        + which);
        component.labs().forEach(lab -> lab(lab, component));
        words.component(component).forEach(line -> lines.add(2, line));
    }

    private void lab(LabGrade lab, ComponentGrade component) {
        lines.add(2, lab.lab().id() + " " + lab.lab().title(), result(lab, component));
        words.steps(lab, grade).forEach(line -> lines.add(6, line));
        boolean said = lab.status() == Status.GRADED || (lab.status() == Status.OPEN && lab.due() == null);
        if (!said) {
            lines.add(6, words.result(lab));
        }
    }

    private static String result(LabGrade lab, ComponentGrade component) {
        String points = Explanation.written(lab.points()) + " of " + lab.lab().points()
                + (component.component().scale() == Scale.POINTS
                        ? ""
                        : " = " + Explanation.written(lab.share().multiply(100)) + " %");
        String dropped = component.dropped().contains(lab) ? "dropped: " : "";
        return switch (lab.status()) {
            case GRADED -> dropped + points;
            case MISSING -> dropped.isEmpty() ? "missing: " + points : dropped + points;
            case OPEN -> "open";
            case WAITING -> "waits for staff";
            case EXCUSED -> "excused";
            case CANCELLED -> "cancelled";
        };
    }
}
