package org.labharness.autograder.report;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;
import org.labharness.autograder.score.Mark;
import org.labharness.lab.Verdict;

/** The page of a class: students and labs, then for each lab students and checks. */
final class ClassPage {
    private final List<Outcome> outcomes;
    private final Map<Outcome, String> files;

    private ClassPage(List<Outcome> outcomes, Map<Outcome, String> files) {
        this.outcomes = outcomes;
        this.files = files;
    }

    static String of(String title, List<Outcome> outcomes, Map<Outcome, String> files) {
        ClassPage page = new ClassPage(outcomes, files);
        List<Html> parts = new ArrayList<>();
        parts.add(tag(
                "header",
                tag("h1", title),
                tag("p", css("meta"), outcomes.size() + " submissions, " + count(outcomes) + " graded")));
        parts.add(page.overview());
        page.labs().forEach(lab -> parts.add(page.lab(lab)));
        return Page.of(title, tag("main", css("class"), parts.toArray()));
    }

    private static long count(List<Outcome> outcomes) {
        return outcomes.stream().filter(Outcome.Graded.class::isInstance).count();
    }

    private List<String> labs() {
        return outcomes.stream().map(o -> o.submission().lab()).distinct().toList();
    }

    private List<String> students() {
        return outcomes.stream().map(o -> o.submission().student()).distinct().toList();
    }

    private Optional<Outcome> find(String student, String lab) {
        return outcomes.stream()
                .filter(o -> o.submission().student().equals(student)
                        && o.submission().lab().equals(lab))
                .reduce((earlier, later) -> later);
    }

    private Html overview() {
        List<Html> head = new ArrayList<>(List.of(tag("th", "Student")));
        labs().forEach(lab -> head.add(tag("th", lab)));
        List<Html> rows = new ArrayList<>();
        for (String student : students()) {
            List<Html> cells = new ArrayList<>(List.of(tag("th", with("scope", "row"), student)));
            labs().forEach(lab -> cells.add(find(student, lab).map(this::cell).orElse(tag("td", "–"))));
            rows.add(tag("tr", cells.toArray()));
        }
        return tag(
                "section",
                tag(
                        "div",
                        css("wide fit"),
                        tag(
                                "table",
                                css("overview"),
                                tag("thead", tag("tr", head.toArray())),
                                tag("tbody", rows.toArray()))));
    }

    private Html cell(Outcome outcome) {
        Html link = tag("a", with("href", files.getOrDefault(outcome, "index.html")), TerminalReport.cell(outcome));
        return switch (outcome) {
            case Outcome.Graded graded -> {
                double of = graded.scorecard().of().value().doubleValue();
                double share = of == 0 ? 0 : graded.scorecard().points().value().doubleValue() / of;
                yield tag("td", link, Page.meter(share, graded.scorecard().describe()));
            }
            case Outcome.Refused refused ->
                tag("td", css("none"), link, tag("small", refused.reason().code()));
            case Outcome.Broken broken ->
                tag("td", css("held"), link, tag("small", broken.reason().code()));
        };
    }

    private Html lab(String lab) {
        List<Outcome.Graded> graded = students().stream()
                .flatMap(student -> find(student, lab).stream())
                .filter(Outcome.Graded.class::isInstance)
                .map(Outcome.Graded.class::cast)
                .toList();
        if (graded.isEmpty()) {
            return Html.EMPTY;
        }
        List<Html> head = new ArrayList<>(List.of(tag("th", "Student")));
        graded.get(0)
                .scorecard()
                .verdicts()
                .forEach(verdict -> head.add(tag(
                        "th",
                        with("title", verdict.title()),
                        tag("span", verdict.id().value()))));
        return tag(
                "section",
                tag("h2", graded.get(0).submission().labTitle()),
                tag(
                        "div",
                        css("wide"),
                        tag(
                                "table",
                                css("matrix"),
                                tag("thead", tag("tr", head.toArray())),
                                tag("tbody", graded.stream().map(this::row).toArray()))));
    }

    private Html row(Outcome.Graded graded) {
        String file = files.getOrDefault(graded, "index.html");
        List<Html> cells = new ArrayList<>(List.of(tag(
                "th",
                with("scope", "row"),
                tag("a", with("href", file), graded.submission().student()))));
        for (Verdict verdict : graded.scorecard().verdicts()) {
            Mark mark = Mark.of(verdict);
            cells.add(tag(
                    "td",
                    css(VerdictJson.word(mark)),
                    tag(
                            "a",
                            with("href", file + "#" + verdict.id()).and("title", verdict.title() + ": " + mark.words()),
                            mark == Mark.SET_ASIDE ? "–" : verdict.points() + (mark == Mark.HELD ? "?" : ""))));
        }
        return tag("tr", cells.toArray());
    }
}
