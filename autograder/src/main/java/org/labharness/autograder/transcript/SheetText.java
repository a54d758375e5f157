package org.labharness.autograder.transcript;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.sheet.StudentSheet.CheckPart;
import org.labharness.autograder.sheet.StudentSheet.ComponentPart;
import org.labharness.autograder.sheet.StudentSheet.LabPart;
import org.labharness.autograder.sheet.StudentSheet.Person;
import org.labharness.autograder.sheet.StudentSheet.Total;

/** What one student sees of a course, for a terminal. */
public final class SheetText {
    private final StudentSheet sheet;
    private final Lines lines;

    private SheetText(StudentSheet sheet, int width) {
        this.sheet = sheet;
        this.lines = new Lines(width);
    }

    /** @param width columns at most */
    public static String of(StudentSheet sheet, int width) {
        return new SheetText(sheet, width).write();
    }

    /** The same in a few words: what of which lab, and the total. */
    public static String brief(StudentSheet sheet, int width) {
        Stream<String> labs = sheet.components().stream()
                .flatMap(component -> component.labs().stream())
                .map(lab -> lab.id() + " " + lab.result());
        Stream<String> total =
                Stream.ofNullable(sheet.total()).map(one -> "total " + one.total() + " of " + one.weight());
        Lines lines = new Lines(width);
        lines.add(
                0,
                sheet.student().id() + " " + sheet.student().name() + ": "
                        + Stream.concat(total, labs).collect(Collectors.joining("; ")));
        return lines.toString();
    }

    private String write() {
        Person student = sheet.student();
        lines.add(0, student.id() + " " + student.name());
        lines.add(0, sheet.course().title() + " (" + sheet.course().id() + "), as of " + sheet.moment());
        if (sheet.lateDays() != null) {
            lines.add(
                    0,
                    "Late days: " + sheet.lateDays().spent() + " of "
                            + sheet.lateDays().of() + " spent" + sheet.spentOn() + ".");
        }
        sheet.components().forEach(this::component);
        if (sheet.total() != null) {
            total(sheet.total());
        }
        return lines.toString();
    }

    private void component(ComponentPart component) {
        lines.blank();
        String worth = component.title() + ", " + component.weight() + " % of the course";
        lines.add(0, component.points() == null ? worth : worth + ": " + component.points());
        component.labs().forEach(this::lab);
        component.reasons().forEach(reason -> lines.add(2, reason));
    }

    private void lab(LabPart lab) {
        lines.add(2, lab.id() + " " + lab.title(), lab.result());
        lab.reasons().forEach(reason -> lines.add(6, reason));
        lab.checks().forEach(this::check);
    }

    private void check(CheckPart check) {
        lines.add(6, check.title(), check.points() + " of " + check.of());
        lines.add(8, check.message());
        if (!check.hint().isEmpty()) {
            lines.add(8, check.hint());
        }
    }

    private void total(Total total) {
        lines.blank();
        lines.add(0, "Total: " + total.reason());
        lines.add(0, total.percent() + " %: " + String.join(", ", total.words()) + ".");
    }
}
