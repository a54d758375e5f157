package org.labharness.autograder.coursepage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.lone;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.statistics.Histogram;
import org.labharness.autograder.statistics.ItemAnalysis.Item;

/** Plots as inline SVG: columns of shares, bars with words, checks by difficulty and discrimination. */
final class Plot {
    private static final int WIDTH = 330;
    private static final int ROW = 20;
    private static final int WORDS = 138;

    private Plot() {}

    /** Columns of a histogram of shares by tenths, with the median. */
    static Html shares(String title, Histogram shares, OptionalDouble median) {
        int height = 120;
        int bottom = 20;
        int top = 16;
        boolean above = shares.counts().getLast() > 0;
        int shown = shares.counts().size() - (above ? 0 : 1);
        double step = (double) WIDTH / shown;
        double scale = (height - bottom - top) / (double) Math.max(1, shares.highest());
        List<Html> parts = new ArrayList<>();
        parts.add(tag("title", title + ": " + shares.all() + " students by the share of points that they have"));
        for (int i = 0; i < shown; i++) {
            int count = shares.counts().get(i);
            double tall = count * scale;
            parts.add(tag(
                    "rect",
                    css(i == 10 ? "column top" : count == 0 ? "column faint" : i < 4 ? "column low" : "column")
                            .and("x", number(i * step + 2))
                            .and("y", number(height - bottom - Math.max(tall, 1)))
                            .and("width", number(step - 4))
                            .and("height", number(Math.max(tall, 1)))
                            .and("rx", "2"),
                    tag("title", shares.labels().get(i) + ": " + count)));
            if (count > 0) {
                parts.add(tag(
                        "text",
                        css("value")
                                .and("x", number(i * step + step / 2))
                                .and("y", number(height - bottom - tall - 4))
                                .and("text-anchor", "middle"),
                        "" + count));
            }
        }
        median.ifPresent(share -> {
            double x = Math.min(share, 1) * 10 * step;
            parts.add(lone(
                    "line",
                    css("median")
                            .and("x1", number(x))
                            .and("y1", "" + top)
                            .and("x2", number(x))
                            .and("y2", "" + (height - bottom))));
        });
        for (int i = 0; i <= 10; i += 5) {
            String anchor = i == 0 ? "start" : i == 10 && !above ? "end" : "middle";
            parts.add(label(i * step, height - 5, anchor, i * 10 + " %"));
        }
        return svg(height, parts);
    }

    /** A bar for each range that is not empty at either end, with its words. */
    static Html bars(String title, Histogram histogram, int lowFrom) {
        int first = 0;
        int last = histogram.counts().size() - 1;
        while (first < last && histogram.counts().get(first) == 0) {
            first++;
        }
        while (last > first && histogram.counts().get(last) == 0) {
            last--;
        }
        double scale = (WIDTH - WORDS - 40.0) / Math.max(1, histogram.highest());
        List<Html> parts = new ArrayList<>();
        parts.add(tag("title", title));
        for (int i = first; i <= last; i++) {
            int count = histogram.counts().get(i);
            int y = (i - first) * ROW;
            parts.add(label(WORDS - 8, y + 14, "end", histogram.labels().get(i)));
            parts.add(lone(
                    "rect",
                    css(i >= lowFrom ? "column low" : "column")
                            .and("x", "" + WORDS)
                            .and("y", "" + (y + 4))
                            .and("width", number(Math.max(1, count * scale)))
                            .and("height", "" + (ROW - 7))
                            .and("rx", "2")));
            parts.add(tag(
                    "text",
                    css("value").and("x", number(WORDS + count * scale + 6)).and("y", "" + (y + 14)),
                    "" + count));
        }
        return svg((last - first + 1) * ROW + 2, parts);
    }

    /** A check as it is shown among others. */
    record Dot(String name, Item item) {}

    /** Checks from hard to easy, and from those that tell nobody apart to those that do. */
    static Html checks(List<Dot> checks) {
        int height = 210;
        int left = 36;
        int bottom = 34;
        int top = 10;
        List<Html> parts = new ArrayList<>();
        parts.add(tag("title", "Checks by mean share of their points and by correlation with the rest of the lab"));
        double lowest = checks.stream()
                .mapToDouble(dot -> dot.item().discrimination().orElse(0))
                .min()
                .orElse(0);
        double floor = lowest < 0 ? Math.floor(lowest * 5) / 5 : 0;
        double scale = (height - bottom - top) / (1 - floor);
        for (double tick = floor; tick <= 1.001; tick += 0.2) {
            double y = height - bottom - (tick - floor) * scale;
            parts.add(lone(
                    "line",
                    css(Math.abs(tick) < 1e-9 ? "axis" : "grid")
                            .and("x1", "" + left)
                            .and("y1", number(y))
                            .and("x2", "" + WIDTH)
                            .and("y2", number(y))));
            parts.add(label(left - 5, y + 4, "end", String.format(Locale.ROOT, "%.1f", tick + 0.0)));
        }
        for (Dot dot : checks) {
            double correlation = dot.item().discrimination().orElse(Double.NaN);
            if (!Double.isNaN(correlation)) {
                parts.add(tag(
                        "circle",
                        css("dot")
                                .and("cx", number(left + 6 + dot.item().difficulty() * (WIDTH - left - 12)))
                                .and("cy", number(height - bottom - (correlation - floor) * scale))
                                .and("r", "4.5"),
                        tag(
                                "title",
                                dot.name() + ": " + Figures.percent(dot.item().difficulty()) + ", r = "
                                        + Figures.correlation(dot.item().discrimination()))));
            }
        }
        parts.add(label(left, height - 18, "start", "0 %"));
        parts.add(label(WIDTH, height - 18, "end", "100 %"));
        parts.add(label((left + WIDTH) / 2.0, height - 4, "middle", "hard ← mean share of the points → easy"));
        return svg(height, parts);
    }

    private static Html svg(int height, List<Html> parts) {
        return tag("svg", with("viewBox", "0 0 " + WIDTH + " " + height).and("role", "img"), parts.toArray());
    }

    private static Html label(double x, double y, String anchor, String text) {
        return tag("text", with("x", number(x)).and("y", number(y)).and("text-anchor", anchor), text);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
