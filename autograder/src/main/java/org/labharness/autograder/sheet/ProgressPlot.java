package org.labharness.autograder.sheet;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.lone;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Html.Attributes;
import org.labharness.autograder.sheet.StudentSheet.AttemptPart;
import org.labharness.autograder.sheet.StudentSheet.LabPart;

/** Points over the attempts of a lab as inline SVG: a dot an attempt, the one that counts filled, a drop where coming late cost points. */
final class ProgressPlot {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 130;
    private static final int LEFT = 34;
    private static final int RIGHT = 14;
    private static final int TOP = 14;
    private static final int BOTTOM = 24;
    /** More dots than these are not told apart. */
    private static final int MOST = 40;

    private final StudentSheet sheet;
    private final LabPart lab;
    private final List<AttemptPart> attempts;
    private final double full;

    private ProgressPlot(StudentSheet sheet, LabPart lab, List<AttemptPart> attempts) {
        this.sheet = sheet;
        this.lab = lab;
        this.attempts = attempts;
        this.full = new BigDecimal(lab.machine()).doubleValue();
    }

    /** Nothing where fewer than two attempts were accepted. */
    static Html of(StudentSheet sheet, LabPart lab) {
        List<AttemptPart> accepted =
                lab.attempts().stream().filter(one -> one.points() != null).toList();
        List<AttemptPart> shown = accepted.subList(Math.max(0, accepted.size() - MOST), accepted.size());
        return shown.size() < 2 ? Html.EMPTY : new ProgressPlot(sheet, lab, shown).draw();
    }

    private Html draw() {
        List<Html> parts = new ArrayList<>();
        parts.add(tag("title", "Points of " + attempts.size() + " attempts, of " + lab.machine()));
        parts.add(line("grid", LEFT, y(full), WIDTH - RIGHT, y(full)));
        parts.add(line("axis", LEFT, y(0), WIDTH - RIGHT, y(0)));
        parts.add(label(LEFT - 6, y(full) + 4, "end", lab.machine()));
        parts.add(label(LEFT - 6, y(0) + 4, "end", "0"));
        deadline(parts);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < attempts.size(); i++) {
            points.append(at(x(i), y(value(attempts.get(i).points())), " "));
        }
        parts.add(
                lone("polyline", css("line l0").and("points", points.toString().strip())));
        for (int i = 0; i < attempts.size(); i++) {
            dot(parts, i);
        }
        parts.add(label(x(0), HEIGHT - 6, "start", when(attempts.getFirst())));
        parts.add(label(x(attempts.size() - 1), HEIGHT - 6, "end", when(attempts.getLast())));
        return tag(
                "figure",
                css("progress"),
                tag("svg", with("viewBox", "0 0 " + WIDTH + " " + HEIGHT).and("role", "img"), parts.toArray()));
    }

    private void dot(List<Html> parts, int i) {
        AttemptPart attempt = attempts.get(i);
        double earned = value(attempt.points());
        double worth = value(attempt.worth());
        if (worth < earned) {
            parts.add(line("drop", x(i), y(earned), x(i), y(worth)));
        }
        parts.add(tag(
                "circle",
                css(attempt.counts() ? "dot counts" : "dot")
                        .and("cx", number(x(i)))
                        .and("cy", number(y(attempt.counts() ? worth : earned)))
                        .and("r", attempt.counts() ? "6" : "4"),
                tag(
                        "title",
                        when(attempt) + ": " + attempt.points() + " of " + lab.machine()
                                + (worth < earned ? ", worth " + attempt.worth() : "")
                                + (attempt.counts() ? ", counts" : ""))));
    }

    /** Between the last attempt in time and the first late one. */
    private void deadline(List<Html> parts) {
        for (int i = 1; i < attempts.size(); i++) {
            if (attempts.get(i).daysLate() > 0 && attempts.get(i - 1).daysLate() == 0) {
                double x = (x(i - 1) + x(i)) / 2;
                parts.add(line("due", x, TOP - 6, x, y(0)));
                parts.add(label(x + 4, TOP, "start", "deadline"));
                return;
            }
        }
    }

    private String when(AttemptPart attempt) {
        return attempt.received() == null ? attempt.commit() : sheet.time(attempt.received());
    }

    private double x(int i) {
        return LEFT + 14 + (WIDTH - RIGHT - LEFT - 28.0) * i / (attempts.size() - 1);
    }

    private double y(double points) {
        double share = full > 0 ? Math.clamp(points / full, 0, 1) : 0;
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    private static double value(@Nullable String points) {
        return points == null ? 0 : new BigDecimal(points).doubleValue();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String at(double x, double y, String end) {
        return number(x) + "," + number(y) + end;
    }

    private static Html line(String css, double x1, double y1, double x2, double y2) {
        Attributes ends = css(css).and("x1", number(x1))
                .and("y1", number(y1))
                .and("x2", number(x2))
                .and("y2", number(y2));
        return lone("line", ends);
    }

    private static Html label(double x, double y, String anchor, String text) {
        return tag("text", with("x", number(x)).and("y", number(y)).and("text-anchor", anchor), text);
    }
}
