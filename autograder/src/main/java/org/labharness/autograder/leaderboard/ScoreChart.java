package org.labharness.autograder.leaderboard;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.lone;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.Measured;
import org.labharness.autograder.challenge.Ranking;
import org.labharness.autograder.challenge.Standing;
import org.labharness.autograder.challenge.Yardstick;
import org.labharness.autograder.page.Html;
import org.labharness.lab.challenge.Venue;

/** The best public score so far over time, a line for each team of the first eight, and one across for each baseline. */
public final class ScoreChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 260;
    private static final int LEFT = 60;
    private static final int BOTTOM = 24;
    private static final int TOP = 12;
    private static final int LINES = 8;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    private final List<Series> series;
    private final List<Level> levels;
    private final ZoneId zone;
    private final int teams;

    private record Point(Instant at, double score) {}

    private record Series(String name, List<Point> points) {}

    private record Level(String name, double score) {}

    private ScoreChart(List<Series> series, List<Level> levels, ZoneId zone, int teams) {
        this.series = series;
        this.levels = levels;
        this.zone = zone;
        this.teams = teams;
    }

    /** Scores as the board shows them: rounded, of public rows. */
    static ScoreChart of(
            Ranking ranking, Venue.Here venue, List<Entry> entries, List<Yardstick> baselines, ZoneId zone) {
        List<Series> series = new ArrayList<>();
        List<Standing> standings = ranking.open(entries);
        for (Standing one : standings.subList(0, Math.min(LINES, standings.size()))) {
            List<Point> points = new ArrayList<>();
            for (Entry entry : entries) {
                if (entry.owner().equals(one.owner()) && ranking.shown(entry).isPresent()) {
                    double score = ranking.shown(entry).orElseThrow().doubleValue();
                    double best = points.isEmpty() ? score : points.getLast().score();
                    points.add(new Point(
                            entry.received(), venue.higherIsBetter() ? Math.max(best, score) : Math.min(best, score)));
                }
            }
            series.add(new Series(one.owner().id(), points));
        }
        List<Level> levels = baselines.stream()
                .map(one -> new Level(
                        one.baseline().title(), shown(ranking, venue, one).doubleValue()))
                .toList();
        return new ScoreChart(series, levels, zone, standings.size());
    }

    private static BigDecimal shown(Ranking ranking, Venue.Here venue, Yardstick one) {
        return ranking.shown(Measured.exact(
                Objects.requireNonNull(one.measured().onPublicRows().get(venue.ranking()))));
    }

    /** The figure; empty where nothing was handed in. */
    Html draw() {
        List<Point> all = series.stream().flatMap(one -> one.points().stream()).toList();
        if (all.isEmpty()) {
            return Html.EMPTY;
        }
        Scale time = Scale.of(all.stream()
                .mapToDouble(one -> (double) one.at().toEpochMilli())
                .toArray());
        Scale score = Scale.of(DoubleStream.concat(
                        all.stream().mapToDouble(Point::score), levels.stream().mapToDouble(Level::score))
                .toArray());
        List<Html> parts = new ArrayList<>();
        parts.add(tag("title", "Best public score so far"));
        parts.add(lone("path", css("axis").and("d", "M" + LEFT + " " + TOP + "V" + (HEIGHT - BOTTOM) + "H" + WIDTH)));
        parts.add(label(LEFT - 6, TOP + 8, "end", shorter(score.most())));
        parts.add(label(LEFT - 6, HEIGHT - BOTTOM, "end", shorter(score.least())));
        parts.add(label(LEFT, HEIGHT - 6, "start", day(time.least())));
        parts.add(label(WIDTH, HEIGHT - 6, "end", day(time.most())));
        List<Html> legend = new ArrayList<>();
        for (Level level : levels) {
            parts.add(lone("path", css("level").and("d", "M" + LEFT + " " + y(score, level.score()) + "H" + WIDTH)));
            parts.add(tag(
                    "text",
                    with("x", "" + (LEFT + 6))
                            .and("y", number(Math.max(TOP + 8, yValue(score, level.score()) - 4)))
                            .and("text-anchor", "start"),
                    level.name()));
        }
        for (int i = 0; i < series.size(); i++) {
            parts.add(lone("path", css("line l" + i).and("d", path(series.get(i).points(), time, score))));
            legend.add(tag("span", css("key l" + i), series.get(i).name()));
        }
        String whose = teams > LINES ? " (the first " + LINES + " of " + teams + ")" : "";
        return tag(
                "figure",
                css("over-time"),
                tag("figcaption", "Best public score so far" + whose),
                tag("svg", with("viewBox", "0 0 " + (WIDTH + 6) + " " + HEIGHT).and("role", "img"), parts.toArray()),
                tag("p", css("legend"), legend.toArray()));
    }

    /** Steps: a score holds until a better one comes, the last one to the end. */
    private static String path(List<Point> points, Scale time, Scale score) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            String x = number(LEFT + time.share((double) point.at().toEpochMilli()) * (WIDTH - LEFT));
            path.append(path.isEmpty() ? "M" + x + " " : "H" + x + "V").append(y(score, point.score()));
        }
        return path + "H" + WIDTH;
    }

    private static double yValue(Scale scale, double score) {
        return HEIGHT - BOTTOM - scale.share(score) * (HEIGHT - BOTTOM - TOP);
    }

    private static String y(Scale scale, double score) {
        return number(yValue(scale, score));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private String day(double millis) {
        return DAY.format(Instant.ofEpochMilli((long) millis).atZone(zone));
    }

    private static String shorter(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static Html label(int x, int y, String anchor, String text) {
        return tag("text", with("x", "" + x).and("y", "" + y).and("text-anchor", anchor), text);
    }

    /** From the least to the most value. */
    private record Scale(double least, double most) {
        static Scale of(double... values) {
            double least = Arrays.stream(values).min().orElse(0);
            double most = Arrays.stream(values).max().orElse(1);
            return new Scale(least, most);
        }

        /** From 0 to 1, also where the range is wider than a double can tell. */
        double share(double value) {
            double range = most / 2 - least / 2;
            return range > 0 ? Math.clamp((value / 2 - least / 2) / range, 0, 1) : 0.5;
        }
    }
}
