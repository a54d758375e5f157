package org.labharness.autograder.report;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.lone;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.page.Html;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TrackingStore.Step;

/** A metric over steps, a line a run, as inline SVG. Values that are no numbers leave a gap. */
final class MetricPlot {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 150;
    private static final int LEFT = 52;
    private static final int BOTTOM = 22;
    private static final int TOP = 10;
    private static final int LINES = 8;

    private final List<MlflowRun> runs;
    private final String metric;
    private final double minX;
    private final double maxX;
    private final double minY;
    private final double maxY;

    private MetricPlot(String metric, List<MlflowRun> runs) {
        this.metric = metric;
        this.runs = runs;
        List<Step> steps = runs.stream().flatMap(run -> finite(run).stream()).toList();
        minX = steps.stream().mapToDouble(Step::step).min().orElse(0);
        maxX = steps.stream().mapToDouble(Step::step).max().orElse(1);
        minY = steps.stream().mapToDouble(Step::value).min().orElse(0);
        maxY = steps.stream().mapToDouble(Step::value).max().orElse(1);
    }

    static Html of(String metric, List<MlflowRun> runs) {
        List<MlflowRun> shown = runs.stream()
                .filter(run -> run.history().containsKey(metric))
                .limit(LINES)
                .toList();
        return new MetricPlot(metric, shown).draw();
    }

    private Html draw() {
        String name = PlainText.line(metric, 60);
        List<Html> parts = new ArrayList<>();
        parts.add(tag("title", name + " over steps"));
        parts.add(lone("path", css("axis").and("d", "M" + LEFT + " " + TOP + "V" + (HEIGHT - BOTTOM) + "H" + WIDTH)));
        parts.add(label(LEFT - 6, TOP + 8, "end", shorter(maxY)));
        parts.add(label(LEFT - 6, HEIGHT - BOTTOM, "end", shorter(minY)));
        parts.add(label(LEFT, HEIGHT - 6, "start", shorter(minX)));
        parts.add(label(WIDTH, HEIGHT - 6, "end", "step " + shorter(maxX)));
        List<Html> legend = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            String points = points(runs.get(i));
            if (!points.isEmpty()) {
                parts.add(lone("polyline", css("line l" + i).and("points", points)));
                MlflowRun run = runs.get(i);
                legend.add(tag(
                        "span", css("key l" + i), PlainText.line(run.name().isBlank() ? run.id() : run.name(), 30)));
            }
        }
        return tag(
                "figure",
                tag("figcaption", name),
                tag("svg", with("viewBox", "0 0 " + (WIDTH + 6) + " " + HEIGHT).and("role", "img"), parts.toArray()),
                tag("p", css("legend"), legend.toArray()));
    }

    private String points(MlflowRun run) {
        return finite(run).stream()
                .map(step -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        LEFT + scale((double) step.step(), minX, maxX) * (WIDTH - LEFT),
                        HEIGHT - BOTTOM - scale(step.value(), minY, maxY) * (HEIGHT - BOTTOM - TOP)))
                .collect(Collectors.joining(" "));
    }

    /** From 0 to 1, also where the range is wider than a double can tell. */
    private static double scale(double value, double min, double max) {
        double range = max / 2 - min / 2;
        return range > 0 ? Math.clamp((value / 2 - min / 2) / range, 0, 1) : 0.5;
    }

    private List<Step> finite(MlflowRun run) {
        return run.history().getOrDefault(metric, List.of()).stream()
                .filter(step -> Double.isFinite(step.value()))
                .toList();
    }

    private static String shorter(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    private static Html label(int x, int y, String anchor, String text) {
        return tag("text", with("x", "" + x).and("y", "" + y).and("text-anchor", anchor), text);
    }
}
