package org.labharness.autograder.report;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.page.Html;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TrackingStore.RegisteredModel;

/** What was tracked with MLflow: runs, metrics over steps, registered models. */
final class TrackingSection {
    private static final int RUNS = 50;
    private static final int VALUES = 12;
    private static final int PLOTS = 6;

    private TrackingSection() {}

    static Html of(List<TrackingStore> stores) {
        if (stores.isEmpty()) {
            return Html.EMPTY;
        }
        List<Html> parts = new ArrayList<>(List.of(tag("h2", "Tracking")));
        stores.forEach(store -> parts.add(store(store)));
        return tag("section", parts.toArray());
    }

    private static Html store(TrackingStore store) {
        String where = store.kind() == TrackingStore.Kind.SERVER
                ? "This grading's own MLflow server"
                : "In the repository: " + PlainText.line(store.store(), 120);
        return tag(
                "article",
                css("store"),
                tag("h3", where),
                tag("p", css("meta"), store.newRuns().size() + " new, " + store.oldRuns() + " old runs"),
                runs(store.newRuns()),
                plots(store.newRuns()),
                models(store.registeredModels()));
    }

    private static Html runs(List<MlflowRun> runs) {
        if (runs.isEmpty()) {
            return Html.EMPTY;
        }
        List<Html> rows = runs.stream().limit(RUNS).map(TrackingSection::run).toList();
        return tag(
                "div",
                css("wide"),
                tag(
                        "table",
                        tag(
                                "thead",
                                tag(
                                        "tr",
                                        tag("th", "Run"),
                                        tag("th", "Status"),
                                        tag("th", "Params"),
                                        tag("th", "Metrics"))),
                        tag("tbody", rows.toArray())),
                runs.size() > RUNS ? tag("p", css("meta"), "and " + (runs.size() - RUNS) + " more") : Html.EMPTY);
    }

    private static Html run(MlflowRun run) {
        Map<String, String> metrics = new TreeMap<>();
        run.metrics().forEach((name, value) -> metrics.put(name, PlainText.number(value)));
        return tag(
                "tr",
                tag("td", PlainText.line(run.name().isBlank() ? run.id() : run.name(), 60)),
                tag("td", PlainText.line(run.status(), 20)),
                tag("td", pairs(new TreeMap<>(run.params()))),
                tag("td", pairs(metrics)));
    }

    private static Html pairs(Map<String, String> pairs) {
        List<Html> shown = new ArrayList<>();
        pairs.entrySet().stream()
                .limit(VALUES)
                .forEach(pair -> shown.add(tag(
                        "span",
                        css("pair"),
                        PlainText.line(pair.getKey(), 40) + " ",
                        tag("b", PlainText.line(pair.getValue(), 40)))));
        return Html.all(shown);
    }

    private static Html plots(List<MlflowRun> runs) {
        List<String> names = runs.stream()
                .flatMap(run -> run.history().keySet().stream())
                .distinct()
                .sorted()
                .limit(PLOTS)
                .toList();
        List<Html> plots = new ArrayList<>();
        names.forEach(name -> plots.add(MetricPlot.of(name, runs)));
        return plots.isEmpty() ? Html.EMPTY : tag("div", css("plots"), plots.toArray());
    }

    private static Html models(List<RegisteredModel> models) {
        if (models.isEmpty()) {
            return Html.EMPTY;
        }
        List<Html> lines = new ArrayList<>();
        models.stream()
                .limit(RUNS)
                .forEach(model -> lines.add(tag(
                        "li",
                        tag("b", PlainText.line(model.name(), 80)),
                        " "
                                + String.join(
                                        ", ",
                                        model.versions().stream()
                                                .limit(VALUES)
                                                .map(version -> "version " + PlainText.line(version.version(), 10)
                                                        + (version.aliases().isEmpty()
                                                                ? ""
                                                                : " @"
                                                                        + PlainText.line(
                                                                                String.join(" @", version.aliases()),
                                                                                60))
                                                        + (version.fresh() ? "" : " (old)"))
                                                .toList()))));
        return Html.all(tag("h4", "Registered models"), tag("ul", lines.toArray()));
    }
}
