package org.labharness.autograder.leaderboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.FinalStanding;
import org.labharness.autograder.challenge.Measured;
import org.labharness.autograder.challenge.Ranking;
import org.labharness.autograder.challenge.Results;
import org.labharness.autograder.challenge.Standing;
import org.labharness.autograder.challenge.Yardstick;
import org.labharness.autograder.leaderboard.Board.Column;
import org.labharness.autograder.leaderboard.Board.Line;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Challenge.Closed;
import org.labharness.lab.challenge.Finals;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.CourseClock;

/** Makes boards. The public one is made of public things alone; the final one asks to be shown that the challenge is closed. */
public final class Boards {
    private final Challenge challenge;
    private final Venue.Here venue;
    private final ZoneId zone;
    private final Ranking ranking;

    public Boards(Challenge challenge, Venue.Here venue, ZoneId zone) {
        this.challenge = challenge;
        this.venue = venue;
        this.zone = zone;
        this.ranking = new Ranking(venue);
    }

    /** The board that everybody sees until the close. */
    public Board open(List<Entry> entries, List<Yardstick> baselines, Instant now) {
        List<Column> columns = new ArrayList<>(List.of(new Column("rank", "Rank", true), entrant(challenge)));
        venue.metrics().forEach(metric -> columns.add(score("public", "Public ", metric)));
        columns.add(new Column("entries", "Entries", true));
        columns.add(new Column("best_at", "Best since", false));
        columns.add(new Column("last_at", "Last entry", false));
        List<Placed> placed = new ArrayList<>();
        for (Standing one : ranking.open(entries)) {
            List<String> cells =
                    new ArrayList<>(List.of("" + one.rank(), one.owner().id()));
            venue.metrics()
                    .forEach(metric -> cells.add(shown(one.best().scores().get(metric))));
            cells.addAll(List.of("" + one.entries(), time(one.best().received()), time(one.last())));
            placed.add(new Placed(one.shown(), new Line(false, cells)));
        }
        for (Yardstick one : baselines) {
            Map<QualityMetric, Double> scores = one.measured().onPublicRows();
            List<String> cells =
                    new ArrayList<>(List.of(Board.NOTHING, one.baseline().title()));
            venue.metrics().forEach(metric -> cells.add(shown(exact(scores, metric))));
            cells.addAll(List.of(Board.NOTHING, Board.NOTHING, Board.NOTHING));
            placed.add(new Placed(shownScore(one), new Line(true, cells)));
        }
        String until = challenge.closed(now).isPresent() ? "Closed " : "Open until ";
        return new Board(
                challenge.title(),
                List.of(until + time(challenge.closes()) + " " + zone + ". Scores are of the public rows, rounded to "
                        + venue.places() + " places. " + direction() + " The same score shares a rank, the"
                        + " earlier entry stands first."),
                columns,
                inOrder(placed),
                ScoreChart.of(ranking, venue, entries, baselines, zone));
    }

    /** The board after the close, with what was private. */
    public Board closed(List<FinalStanding> standings, List<Entry> entries, List<Yardstick> baselines, Closed closed) {
        if (!closed.challenge().equals(challenge.id())) {
            throw new IllegalArgumentException(closed.challenge() + " is closed, not " + challenge.id());
        }
        List<Column> columns = new ArrayList<>(List.of(new Column("rank", "Rank", true), entrant(challenge)));
        venue.metrics().forEach(metric -> columns.add(score("private", "Private ", metric)));
        columns.add(score("public", "Public ", venue.ranking()));
        columns.add(new Column("public_rank", "Public rank", true));
        columns.add(new Column("ranks_won", "Ranks won", true));
        columns.add(new Column("entry", "Entry", true));
        columns.add(new Column("entries", "Entries", true));
        columns.add(new Column("received_at", "Handed in", false));
        List<Placed> placed = new ArrayList<>();
        for (FinalStanding one : standings) {
            List<String> cells =
                    new ArrayList<>(List.of("" + one.rank(), one.owner().id()));
            venue.metrics().forEach(metric -> cells.add(plain(one.scores().get(metric))));
            cells.addAll(List.of(
                    shown(one.entry().scores().get(venue.ranking())),
                    "" + one.open().rank(),
                    "" + one.change(),
                    "" + one.entry().id(),
                    "" + one.open().entries(),
                    time(one.entry().received())));
            placed.add(new Placed(one.exact(), new Line(false, cells)));
        }
        for (Yardstick one : baselines) {
            Map<QualityMetric, Double> scores = one.measured().onPrivateRows();
            List<String> cells =
                    new ArrayList<>(List.of(Board.NOTHING, one.baseline().title()));
            venue.metrics().forEach(metric -> cells.add(plain(exact(scores, metric))));
            cells.add(shown(shownScore(one)));
            cells.addAll(Collections.nCopies(5, Board.NOTHING));
            placed.add(new Placed(ranked(scores), new Line(true, cells)));
        }
        return new Board(
                challenge.title(),
                List.of(
                        "Closed " + time(challenge.closes()) + " " + zone + ". " + finals() + " Ranks follow the exact"
                                + " private score. " + direction() + " Of equal scores the earlier entry is first.",
                        "Ranks won: how many places better than on the public board."),
                columns,
                inOrder(placed),
                ScoreChart.of(ranking, venue, entries, baselines, zone));
    }

    /** Of a competition that was held elsewhere. */
    public static Board results(Challenge challenge, Results results) {
        List<Line> lines = results.ranked().stream()
                .map(one -> new Line(
                        false,
                        List.of(
                                "" + one.rank(),
                                one.result().owner().id(),
                                plain(one.result().score()))))
                .toList();
        return new Board(
                challenge.title(),
                List.of("Held elsewhere; " + lines.size() + " of this course took part."),
                List.of(
                        new Column("rank", "Rank", true),
                        entrant(challenge),
                        new Column("score", capital(challenge.venue().measure()), true)),
                lines,
                null);
    }

    /** A line with what decides where it stands. */
    private record Placed(BigDecimal score, Line line) {}

    /** A baseline stands above those that do not beat it. */
    private List<Line> inOrder(List<Placed> placed) {
        Comparator<BigDecimal> better = venue.higherIsBetter() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return placed.stream()
                .sorted(Comparator.comparing(Placed::score, better)
                        .thenComparing(one -> !one.line().baseline()))
                .map(Placed::line)
                .toList();
    }

    private BigDecimal shownScore(Yardstick one) {
        return ranking.shown(ranked(one.measured().onPublicRows()));
    }

    /** Baselines are refused that have no such score. */
    private BigDecimal ranked(Map<QualityMetric, Double> scores) {
        return Measured.exact(Objects.requireNonNull(scores.get(venue.ranking())));
    }

    private static @Nullable BigDecimal exact(Map<QualityMetric, Double> scores, QualityMetric metric) {
        Double value = scores.get(metric);
        return value == null ? null : Measured.exact(value);
    }

    private static Column entrant(Challenge challenge) {
        return challenge.team() ? new Column("team", "Team", false) : new Column("student", "Student", false);
    }

    private static Column score(String key, String title, QualityMetric metric) {
        return new Column(key + "_" + metric.word(), title + metric.title(), true);
    }

    private String shown(@Nullable BigDecimal exact) {
        return exact == null ? Board.NOTHING : ranking.shown(exact).toPlainString();
    }

    private static String plain(@Nullable BigDecimal exact) {
        return exact == null ? Board.NOTHING : exact.toPlainString();
    }

    private String direction() {
        return (venue.higherIsBetter() ? "A higher " : "A lower ") + venue.measure() + " is better.";
    }

    private String finals() {
        return switch (venue.finals()) {
            case Finals.BestPublic best -> "The entry that was best in public counts.";
            case Finals.Last last -> "The last entry counts.";
            case Finals.Chosen(int most) ->
                "The best of up to " + most + " chosen entries counts; where fewer were chosen, the best public ones"
                        + " stood in.";
        };
    }

    private String time(Instant moment) {
        return new CourseClock(zone).time(moment);
    }

    private static String capital(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
