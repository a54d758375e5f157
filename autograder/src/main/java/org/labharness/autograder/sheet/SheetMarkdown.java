package org.labharness.autograder.sheet;

import static org.labharness.autograder.page.Markdown.text;

import java.util.List;
import org.labharness.autograder.sheet.StudentSheet.CheckPart;
import org.labharness.autograder.sheet.StudentSheet.ComponentPart;
import org.labharness.autograder.sheet.StudentSheet.LabPart;
import org.labharness.autograder.sheet.StudentSheet.Total;

/** The feedback of a student as Markdown, to post back. Whatever people wrote is text in it: no link, no image, no mention. */
public final class SheetMarkdown {
    private final StudentSheet sheet;
    private final StringBuilder out = new StringBuilder();

    private SheetMarkdown(StudentSheet sheet) {
        this.sheet = sheet;
    }

    public static String of(StudentSheet sheet) {
        return new SheetMarkdown(sheet).write();
    }

    private String write() {
        line("# " + text(sheet.course().title()) + ": " + text(sheet.student().name()) + " ("
                + text(sheet.student().id()) + ")");
        line("");
        if (sheet.total() != null) {
            total(sheet.total());
        }
        if (sheet.lateDays() != null) {
            line(sheet.lateDays().spent() + " of " + sheet.lateDays().of() + " late days spent" + sheet.spentOn()
                    + ".");
            line("");
        }
        sheet.components().forEach(this::component);
        line("As of " + text(sheet.moment()) + ".");
        return out.toString();
    }

    private void total(Total total) {
        line("**" + total.total() + " of " + total.weight() + "** percent decided, which is " + total.percent() + " %: "
                + text(String.join(", ", total.words())) + ".");
        line("");
    }

    private void component(ComponentPart component) {
        String points = component.shown() ? "not decided yet" : component.weight() + " % of the course";
        line("## " + text(component.title()) + ": "
                + (component.points() == null ? points : component.points() + " of " + component.weight()));
        line("");
        reasons(component.reasons());
        component.labs().forEach(this::lab);
    }

    private void lab(LabPart lab) {
        line("### " + text(lab.title()) + ": " + lab.result());
        line("");
        reasons(lab.reasons());
        if (!lab.checks().isEmpty()) {
            line("| | Check | Points | Why |");
            line("|---|---|---:|---|");
            lab.checks().forEach(this::check);
            line("");
        }
    }

    private void reasons(List<String> reasons) {
        reasons.forEach(reason -> line((reason.startsWith("  ") ? "  - " : "- ") + text(reason.strip())));
        if (!reasons.isEmpty()) {
            line("");
        }
    }

    private void check(CheckPart check) {
        line("| " + check.mark().emoji() + " | " + text(check.title()) + " | " + check.points() + " / " + check.of()
                + " | " + text(check.message()) + (check.hint().isEmpty() ? "" : "<br>→ " + text(check.hint())) + " |");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
