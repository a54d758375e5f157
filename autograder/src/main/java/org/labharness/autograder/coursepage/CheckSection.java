package org.labharness.autograder.coursepage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;
import org.labharness.autograder.statistics.ItemAnalysis.Item;
import org.labharness.autograder.statistics.LabStatistics;

/** How hard checks are, and how well they tell students apart. */
final class CheckSection {
    private static final int HARDEST = 10;
    private static final double WEAK = 0.2;

    private final List<LabStatistics> labs;
    private final CheckTitles titles;

    CheckSection(List<LabStatistics> labs, CheckTitles titles) {
        this.labs = labs.stream().filter(lab -> !lab.items().isEmpty()).toList();
        this.titles = titles;
    }

    private record OfLab(LabStatistics lab, Item item) {}

    List<Html> html() {
        if (labs.isEmpty()) {
            return List.of();
        }
        List<OfLab> all = labs.stream()
                .flatMap(lab -> lab.items().stream().map(item -> new OfLab(lab, item)))
                .toList();
        List<Html> parts = new ArrayList<>();
        parts.add(tag(
                "section",
                tag("h2", "The hardest checks"),
                tag(
                        "p",
                        css("note"),
                        "Over the attempts that count. Mean: the mean share of a check's points (difficulty index p of classical"
                                + " test theory). r: correlation of that share with the share of all other checks of the same"
                                + " attempt, the check itself left out (corrected item-total correlation, Henrysson 1963; where a"
                                + " check gives all or nothing, point-biserial). Below 0.2 a check hardly tells students apart;"
                                + " below 0 those who are better elsewhere fail it more often: look at its rubric."),
                tag(
                        "div",
                        css("hard"),
                        tag("div", css("wide"), hardest(all)),
                        tag(
                                "div",
                                css("panel"),
                                tag("h3", "All checks"),
                                tag("p", "upwards: r; point at a dot to see its check"),
                                Plot.checks(all.stream()
                                        .map(one -> new Plot.Dot(
                                                titles.of(
                                                                one.lab().lab().id(),
                                                                one.item().check()) + " ("
                                                        + one.lab().lab().title() + ")",
                                                one.item()))
                                        .toList())))));
        parts.add(tag(
                "section",
                tag("h2", "Checks of each lab"),
                tag("div", css("stages"), labs.stream().map(this::lab).toArray())));
        return parts;
    }

    private Html hardest(List<OfLab> all) {
        return table(
                true,
                all.stream()
                        .sorted(Comparator.comparingDouble(one -> one.item().difficulty()))
                        .limit(HARDEST)
                        .toList());
    }

    private Html lab(LabStatistics lab) {
        List<OfLab> items = lab.items().stream()
                .sorted(Comparator.comparingInt(item -> titles.place(lab.lab().id(), item.check())))
                .map(item -> new OfLab(lab, item))
                .toList();
        return tag(
                "details",
                css("panel"),
                tag("summary", lab.lab().title() + ": " + items.size() + (items.size() == 1 ? " check" : " checks")),
                tag("div", css("wide"), table(false, items)));
    }

    private Html table(boolean named, List<OfLab> items) {
        List<Html> head = new ArrayList<>(List.of(tag("th", "Check")));
        if (named) {
            head.add(tag("th", "Lab"));
        }
        for (String column : List.of("Mean", "r", "Full", "None", "Attempts")) {
            head.add(tag("th", css("n"), column));
        }
        return tag(
                "table",
                css("figures"),
                tag("thead", tag("tr", head.toArray())),
                tag("tbody", items.stream().map(one -> row(named, one)).toArray()));
    }

    private Html row(boolean named, OfLab one) {
        Item item = one.item();
        List<Html> cells = new ArrayList<>(List.of(
                tag("td", with("title", item.check()), titles.of(one.lab().lab().id(), item.check()))));
        if (named) {
            cells.add(tag("td", one.lab().lab().id()));
        }
        cells.add(tag(
                "td",
                css("n"),
                Figures.percent(item.difficulty()),
                Page.meter(item.difficulty(), Figures.percent(item.difficulty()))));
        cells.add(tag("td", css(tone(item.discrimination())), Figures.correlation(item.discrimination())));
        cells.add(tag("td", css("n"), Figures.percent((double) item.full() / item.attempts())));
        cells.add(tag("td", css("n"), Figures.percent((double) item.none() / item.attempts())));
        cells.add(tag("td", css("n"), item.attempts()));
        return tag("tr", cells.toArray());
    }

    private static String tone(OptionalDouble correlation) {
        double r = correlation.orElse(1);
        return r < 0 ? "n against" : r < WEAK ? "n weak" : "n";
    }
}
