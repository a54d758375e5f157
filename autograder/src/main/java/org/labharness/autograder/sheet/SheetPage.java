package org.labharness.autograder.sheet;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.Standing.Outcome;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;
import org.labharness.autograder.score.Mark;
import org.labharness.autograder.sheet.StudentSheet.CheckPart;
import org.labharness.autograder.sheet.StudentSheet.ComponentPart;
import org.labharness.autograder.sheet.StudentSheet.LabPart;
import org.labharness.autograder.sheet.StudentSheet.LateDays;
import org.labharness.autograder.sheet.StudentSheet.Total;

/** The page of a student: points, every reason for them, late days, progress, and what the checks said. */
public final class SheetPage {
    private static final String STYLE = Page.style("gradebook.css");

    private final StudentSheet sheet;

    private SheetPage(StudentSheet sheet) {
        this.sheet = sheet;
    }

    /** A whole page that opens from disk and asks nothing of any network. */
    public static String of(StudentSheet sheet) {
        return Page.of(
                sheet.student().name() + " · " + sheet.course().title(),
                STYLE,
                tag("main", css("student"), new SheetPage(sheet).parts().toArray()));
    }

    private List<Html> parts() {
        List<Html> parts = new ArrayList<>();
        parts.add(header());
        if (sheet.total() != null) {
            parts.add(total(sheet.total()));
        }
        if (sheet.lateDays() != null) {
            parts.add(lateDays(sheet.lateDays()));
        }
        parts.add(glance());
        sheet.components().forEach(component -> parts.add(component(component)));
        parts.add(tag(
                "footer",
                tag(
                        "p",
                        "As of " + sheet.moment()
                                + ". What is not due yet, or waits for staff, is left out of every sum.")));
        return parts;
    }

    private Html header() {
        List<Object> meta = new ArrayList<>(List.of(tag("code", sheet.student().id())));
        if (sheet.student().section() != null) {
            meta.add(tag("span", " section " + sheet.student().section()));
        }
        if (sheet.student().team() != null) {
            meta.add(tag("span", " team " + sheet.student().team()));
        }
        return tag(
                "header",
                tag("p", css("lab"), sheet.course().title()),
                tag("h1", sheet.student().name()),
                tag("p", css("meta"), meta.toArray()));
    }

    private static Html total(Total total) {
        boolean done = total.outcome() != Outcome.OPEN && total.outcome() != Outcome.WAITS;
        boolean whole = new BigDecimal(total.weight()).compareTo(BigDecimal.valueOf(100)) == 0;
        List<Html> chips = new ArrayList<>();
        chips.add(chip(tone(total.outcome()), "status", total.outcome().words()));
        if (total.letter() != null) {
            chips.add(chip("", "letter", total.letter()));
        }
        if (total.rank() != null) {
            chips.add(tag("span", css("chip"), "rank ", cell("rank", "" + total.rank()), " of " + total.students()));
        }
        return tag(
                "section",
                css("score"),
                tag(
                        "p",
                        css("big"),
                        tag("strong", cell("total", total.total())),
                        " of ",
                        cell("weight decided", total.weight()),
                        whole && done ? " percent" : " percent decided so far"),
                tag("p", css("chips"), chips.toArray()),
                meter(share(total.percent(), "100"), total.percent() + " %"),
                tag("p", css("meta"), cell("percent", total.percent()), " % of what is decided. ", total.reason()));
    }

    private static String tone(Outcome outcome) {
        return switch (outcome) {
            case PASSED, FINAL -> "good";
            case NOT_PASSED -> "bad";
            case WAITS -> "mid";
            case OPEN, AUDITS -> "";
        };
    }

    private Html lateDays(LateDays days) {
        List<Html> dots = new ArrayList<>();
        for (int i = 0; i < Math.min(days.of(), 40); i++) {
            dots.add(tag("i", css(i < days.spent() ? "spent" : "left")));
        }
        return tag(
                "section",
                css("days"),
                tag("span", css("pips").and("aria-hidden", "true"), dots.toArray()),
                tag("span", days.spent() + " of " + days.of() + " late days spent" + sheet.spentOn()));
    }

    /** All labs in a few lines, each with a link to its part of the page. */
    private Html glance() {
        List<Html> labs = new ArrayList<>();
        for (ComponentPart component : sheet.components()) {
            for (LabPart lab : component.labs()) {
                boolean counted = counted(lab);
                labs.add(tag(
                        "a",
                        with("href", "#" + lab.id()).and("title", lab.title()),
                        tag("b", counted ? lab.points() : "–"),
                        " " + lab.title(),
                        meter(counted ? share(lab.points(), lab.of()) : BigDecimal.ZERO, lab.title())));
            }
        }
        return labs.isEmpty() ? Html.EMPTY : tag("nav", css("glance"), labs.toArray());
    }

    private static boolean counted(LabPart lab) {
        return switch (lab.status()) {
            case GRADED, MISSING -> true;
            case OPEN, WAITING, EXCUSED, CANCELLED -> false;
        };
    }

    private Html component(ComponentPart component) {
        Html points = component.points() == null
                ? tag(
                        "span",
                        css("points"),
                        component.shown() ? "not decided yet" : component.weight() + " % of the course")
                : tag(
                        "span",
                        css("points"),
                        tag("b", cell("component " + component.id(), component.points())),
                        " of " + component.weight() + " %");
        return tag(
                "section",
                css("component"),
                tag("h2", component.title(), " ", points),
                reasons(component.reasons()),
                tag(
                        "div",
                        css("stages"),
                        component.labs().stream().map(this::lab).toArray()));
    }

    private Html lab(LabPart lab) {
        boolean counted = counted(lab);
        Html shown = counted ? cell("lab " + lab.id(), lab.points()) : tag("span", lab.points());
        return tag(
                "article",
                css("stage lab-part " + lab.status().name().toLowerCase(Locale.ROOT))
                        .and("id", lab.id()),
                tag(
                        "div",
                        css("head"),
                        tag("h3", lab.title(), " ", status(lab)),
                        tag("p", css("points"), tag("b", shown), " / " + lab.of())),
                counted ? meter(share(lab.points(), lab.of()), lab.points() + " of " + lab.of()) : Html.EMPTY,
                reasons(lab.reasons()),
                ProgressPlot.of(sheet, lab),
                checks(lab));
    }

    private static Html status(LabPart lab) {
        String words = switch (lab.status()) {
            case GRADED -> lab.provisional() ? "provisional" : lab.counts() ? "graded" : "dropped";
            case MISSING -> lab.counts() ? "missing" : "missing, dropped";
            case OPEN -> "open";
            case WAITING -> "waits for staff";
            case EXCUSED -> "excused";
            case CANCELLED -> "cancelled";
        };
        String tone = switch (lab.status()) {
            case GRADED -> lab.provisional() ? "mid" : lab.counts() ? "good" : "";
            case MISSING -> lab.counts() ? "bad" : "";
            case WAITING -> "mid";
            case OPEN, EXCUSED, CANCELLED -> "";
        };
        return tag("span", css(("chip " + tone).strip()), words);
    }

    private static Html reasons(List<String> reasons) {
        if (reasons.isEmpty()) {
            return Html.EMPTY;
        }
        return tag(
                "ul",
                css("reasons"),
                reasons.stream()
                        .map(reason -> tag("li", css(reason.startsWith("  ") ? "under" : "reason"), reason.strip()))
                        .toArray());
    }

    private static Html checks(LabPart lab) {
        if (lab.checks().isEmpty()) {
            return Html.EMPTY;
        }
        long full =
                lab.checks().stream().filter(check -> check.mark() == Mark.FULL).count();
        return tag(
                "details",
                tag(
                        "summary",
                        "What the checks said: " + full + " of " + lab.checks().size() + " with full points"),
                tag(
                        "ol",
                        css("checks"),
                        lab.checks().stream().map(SheetPage::check).toArray()));
    }

    private static Html check(CheckPart check) {
        String mark = check.mark().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return tag(
                "li",
                css("check " + mark),
                tag("span", css("points"), tag("b", check.points()), "/" + check.of()),
                tag(
                        "div",
                        tag(
                                "h3",
                                check.title(),
                                " ",
                                tag("span", css("chip"), check.mark().words())),
                        tag("p", check.message()),
                        check.hint().isEmpty() ? Html.EMPTY : tag("p", css("hint"), check.hint())));
    }

    private static Html chip(String tone, String column, String words) {
        return tag("span", css(("chip " + tone).strip()), cell(column, words));
    }

    /** A value of the gradebook, with the column of the table in which it stands. */
    private static Html cell(String column, String value) {
        return tag("data", with("value", value).and("data-column", column), value);
    }

    private static Html meter(@Nullable BigDecimal share, String label) {
        return share == null ? Html.EMPTY : Page.meter(share.doubleValue(), label);
    }

    private static @Nullable BigDecimal share(String points, String of) {
        BigDecimal all = new BigDecimal(of);
        return all.signum() == 0 ? null : new BigDecimal(points).divide(all, 4, RoundingMode.HALF_UP);
    }
}
