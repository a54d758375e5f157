package org.labharness.autograder.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.ComponentGrade;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.JudgedAttempt;
import org.labharness.autograder.gradebook.JudgedAttempt.Standing;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.gradebook.Standings;
import org.labharness.autograder.ledger.Attempt.Judged;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.page.HiddenLetters;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** The machine-readable gradebook; {@code gradebook.schema.json} describes it. Fields may be added, never renamed; decimals are strings. */
public final class GradebookJson {
    /** The version of its shape. */
    public static final String SCHEMA = "labharness/gradebook/1";

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private final JsonGenerator json;
    private final Standings standings;

    private GradebookJson(JsonGenerator json, Gradebook book) {
        this.json = json;
        this.standings = new Standings(book);
    }

    /** The gradebook as indented JSON with a line feed at its end. */
    public static String write(Gradebook book) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
            new GradebookJson(generator, book).book(book);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written to", e);
        }
        return HiddenLetters.escaped(text.append("\n").toString());
    }

    private void book(Gradebook book) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        course(book.course());
        json.writeStringField("asOf", book.asOf().toString());
        each("components", book.course().components(), this::component);
        each("students", book.grades(), this::student);
        json.writeEndObject();
    }

    private void course(Course course) throws IOException {
        json.writeObjectFieldStart("course");
        json.writeStringField("id", course.id().value());
        json.writeStringField("title", course.title());
        json.writeStringField("timeZone", course.zone().getId());
        text("passMark", course.passMark() == null ? null : course.passMark().toPlainString());
        json.writeNumberField("lateDays", course.lateDays());
        json.writeEndObject();
    }

    private void component(Component component) throws IOException {
        json.writeStringField("id", component.id().value());
        json.writeStringField("title", component.title());
        json.writeStringField("weight", component.weight().toPlainString());
        json.writeFieldName("best");
        if (component.best() == null) {
            json.writeNull();
        } else {
            json.writeNumber(component.best());
        }
        each("labs", component.labs(), this::lab);
    }

    private void lab(CourseLab lab) throws IOException {
        json.writeStringField("id", lab.id().value());
        json.writeStringField("title", lab.title());
        json.writeStringField("points", lab.points().toString());
        text("due", Objects.toString(lab.schedule().due(), null));
        text("cancelled", lab.cancelled());
    }

    private void student(CourseGrade grade) throws IOException {
        var standing = standings.of(grade);
        json.writeStringField("id", grade.student().id().value());
        json.writeStringField("name", grade.student().name());
        text("mail", grade.student().mail());
        text("section", grade.student().section());
        text("team", Objects.toString(grade.student().team(), null));
        json.writeStringField("total", grade.total().toPlainString());
        json.writeStringField(
                "weightDecided", grade.weight().stripTrailingZeros().toPlainString());
        json.writeStringField("percent", grade.percent().toPlainString());
        text("letter", standing.letter());
        json.writeFieldName("rank");
        if (standing.rank() == null) {
            json.writeNull();
        } else {
            json.writeNumber(standing.rank());
        }
        json.writeStringField("status", word(standing.outcome()));
        json.writeNumberField("lateDaysSpent", grade.lateDays());
        each("components", grade.components(), this::componentGrade);
        each("labs", grade.labs(), this::labGrade);
    }

    private void componentGrade(ComponentGrade grade) throws IOException {
        json.writeStringField("id", grade.component().id().value());
        text("points", grade.decided() ? Explanation.number(grade.points()) : null);
        labIds("counted", grade.counted());
        labIds("dropped", grade.dropped());
    }

    private void labIds(String field, List<LabGrade> labs) throws IOException {
        json.writeArrayFieldStart(field);
        for (LabGrade lab : labs) {
            json.writeString(lab.lab().id().value());
        }
        json.writeEndArray();
    }

    private void labGrade(LabGrade grade) throws IOException {
        boolean decided = grade.status() == Status.GRADED || grade.status() == Status.MISSING;
        json.writeStringField("id", grade.lab().id().value());
        json.writeStringField("status", word(grade.status()));
        text("points", decided ? Explanation.number(grade.points()) : null);
        json.writeBooleanField("provisional", grade.provisional());
        notTaken(grade.notTaken());
        text("due", Objects.toString(grade.due(), null));
        json.writeNumberField("lateDaysSpent", grade.fromBank());
        json.writeNumberField(
                "attempts",
                grade.attempts().stream()
                        .filter(one -> one.standing() == Standing.ACCEPTED)
                        .count());
        json.writeFieldName("counting");
        counting(grade.counting());
    }

    private void notTaken(@Nullable NotTaken one) throws IOException {
        json.writeFieldName("notTaken");
        if (one == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("at", one.at().toString());
        text("commit", one.commit());
        json.writeBooleanField("excuses", one.excuses());
        json.writeStringField("message", one.message());
        json.writeEndObject();
    }

    private void counting(@Nullable JudgedAttempt attempt) throws IOException {
        if (attempt == null || !(attempt.attempt().state() instanceof Judged judged)) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("commit", attempt.attempt().commit());
        text("received", Objects.toString(attempt.attempt().received(), null));
        json.writeStringField("points", judged.points().toString());
        json.writeStringField("of", judged.of().toString());
        json.writeNumberField("daysLate", attempt.lateDays());
        json.writeStringField("worth", Explanation.number(attempt.worth()));
        json.writeEndObject();
    }

    private void text(String name, @Nullable String value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    private <T> void each(String name, List<T> things, Writer<T> writer) throws IOException {
        json.writeArrayFieldStart(name);
        for (T thing : things) {
            json.writeStartObject();
            writer.write(thing);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private interface Writer<T> {
        void write(T thing) throws IOException;
    }
}
