package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.RosterChange.Changed;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;

/** What an import changes, as text: who is added, changed and gone, each field before and after. */
public final class RosterPreview {
    private static final int LONGEST = 200;

    private final Course course;
    private final StringBuilder text = new StringBuilder();

    private RosterPreview(Course course) {
        this.course = course;
    }

    /** The changes alone; empty where there are none. */
    public static String of(Course course, RosterChange change) {
        RosterPreview preview = new RosterPreview(course);
        preview.added(change.added());
        preview.changed(change.changed());
        preview.gone(change.gone());
        return preview.text.toString();
    }

    private void added(List<Student> students) {
        head("added", students.size());
        for (Student student : students) {
            List<String> words = new ArrayList<>(List.of(line(student.name())));
            fields(student).stream()
                    .filter(field -> field.value() != null && !field.name().equals("name"))
                    .map(field -> field.name() + " " + field.words())
                    .forEach(words::add);
            text.append("  ")
                    .append(student.id())
                    .append("  ")
                    .append(String.join(", ", words))
                    .append('\n');
        }
    }

    private void changed(List<Changed> changes) {
        head("changed", changes.size());
        for (Changed change : changes) {
            text.append("  ")
                    .append(change.after().id())
                    .append("  ")
                    .append(line(change.after().name()))
                    .append('\n');
            List<Field> before = fields(change.before());
            for (Field after : fields(change.after())) {
                Field old = before.stream()
                        .filter(field -> field.name().equals(after.name()))
                        .findFirst()
                        .orElseThrow();
                if (!Objects.equals(old.value(), after.value())) {
                    text.append("      ").append(after.name()).append(": ").append(old.words());
                    text.append(" -> ").append(after.words()).append('\n');
                }
            }
        }
    }

    private void gone(List<Student> students) {
        head("gone", students.size());
        students.forEach(student -> text.append("  ")
                .append(student.id())
                .append("  ")
                .append(line(student.name()))
                .append('\n'));
    }

    private void head(String what, int count) {
        if (count > 0) {
            text.append(what).append(" (").append(count).append(")\n");
        }
    }

    /** @param value null: there is none */
    private record Field(String name, @Nullable String value) {
        String words() {
            return value == null ? "none" : line(value);
        }
    }

    /** All fields of a student, also those that hold nothing, in an order of their own. */
    private List<Field> fields(Student student) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("name", student.name()));
        fields.add(new Field("mail", student.mail()));
        fields.add(
                new Field("team", student.team() == null ? null : student.team().value()));
        fields.add(new Field("section", student.section()));
        fields.add(new Field("repository", student.repository()));
        fields.add(new Field("audit", student.audits() ? "yes" : null));
        for (LabId lab : labs(student)) {
            fields.add(new Field("repository:" + lab, student.repositories().get(lab)));
            Extension extension = student.extensions().get(lab);
            fields.add(new Field("extension:" + lab, extension == null ? null : words(extension, lab)));
            fields.add(new Field("excused:" + lab, student.excused().contains(lab) ? "yes" : null));
        }
        return fields;
    }

    private String words(Extension extension, LabId lab) {
        return course.lab(lab)
                .map(known -> ExtensionText.words(extension, known, course))
                .orElseGet(extension::toString);
    }

    /** Those of the course, then those that it offers no more but that something is still known of. */
    private List<LabId> labs(Student student) {
        List<LabId> offered = course.labs().stream().map(lab -> lab.id()).toList();
        TreeSet<LabId> others = new TreeSet<>(student.excused());
        others.addAll(student.repositories().keySet());
        others.addAll(student.extensions().keySet());
        offered.forEach(others::remove);
        return Stream.concat(offered.stream(), others.stream()).collect(Collectors.toList());
    }

    private static String line(String value) {
        return PlainText.line(value, LONGEST);
    }
}
