package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.FormItem;
import org.labharness.lab.Points;
import org.labharness.lab.challenge.Award;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;

/** Turns how a challenge ended into points, each with its reason. Pure. */
public final class Awards {
    private final Challenge challenge;
    private final Venue venue;
    private final Award award;
    private final FormItem item;
    private final Map<Owner, Outcome> outcomes;
    private final Map<String, BigDecimal> baselines;
    private final Comparator<BigDecimal> better;

    /**
     * @param item that gets the points
     * @param outcomes of all who took part
     * @param baselines private scores of baselines, by their ids
     */
    public Awards(
            Challenge challenge,
            Award award,
            FormItem item,
            Map<Owner, Outcome> outcomes,
            Map<String, BigDecimal> baselines) {
        this.challenge = challenge;
        this.venue = challenge.venue();
        this.award = award;
        this.item = item;
        this.outcomes = Map.copyOf(outcomes);
        this.baselines = Map.copyOf(baselines);
        this.better = Ranking.better(venue);
    }

    /** What every student gets; whoever handed in nothing gets nothing, and is told so. */
    public List<Awarded> of(Roster roster) {
        return roster.students().stream().map(this::awarded).toList();
    }

    private Awarded awarded(Student student) {
        Owner owner = Entrants.of(challenge, student);
        Outcome outcome = outcomes.get(owner);
        if (outcome == null) {
            return new Awarded(student, Points.ZERO, challenge.title() + ": nothing was handed in by the close.");
        }
        String team = owner instanceof Owner.OfTeam(var id) ? ", team " + id : "";
        String score = outcome.score() == null
                ? ""
                : ", private " + venue.measure() + " " + outcome.score().toPlainString();
        String head = challenge.title() + team + ": rank " + outcome.rank()
                + (outcome.of() == null ? "" : " of " + outcome.of()) + score
                + (outcome.where().isEmpty() ? "" : " (" + outcome.where() + ")") + ". ";
        return switch (award.rule()) {
            case Award.Ranks ranks -> byRank(student, outcome, ranks, head);
            case Award.Tiers tiers -> byTier(student, score(outcome), tiers, head);
            case Award.Linear linear -> linear(student, score(outcome), linear, head);
        };
    }

    private static BigDecimal score(Outcome outcome) {
        return Objects.requireNonNull(outcome.score(), "points by score need scores");
    }

    private Awarded byRank(Student student, Outcome outcome, Award.Ranks ranks, String head) {
        int before = 0;
        for (Map.Entry<Integer, Points> one : ranks.ranks().entrySet()) {
            if (outcome.rank() <= one.getKey()) {
                String range = one.getKey() == before + 1
                        ? "Rank " + one.getKey()
                        : "Ranks " + (before + 1) + " to " + one.getKey();
                String verb = one.getKey() == before + 1 ? " earns " : " earn ";
                return new Awarded(student, one.getValue(), head + range + verb + one.getValue() + ".");
            }
            before = one.getKey();
        }
        return new Awarded(student, ranks.others(), head + "Ranks after " + before + " earn " + ranks.others() + ".");
    }

    private Awarded byTier(Student student, BigDecimal score, Award.Tiers tiers, String head) {
        String bound = venue.higherIsBetter() ? "at least " : "at most ";
        Optional<Map.Entry<BigDecimal, Points>> reached = tiers.tiers().entrySet().stream()
                .filter(tier -> better.compare(score, tier.getKey()) <= 0)
                .findFirst();
        return reached.map(tier -> new Awarded(
                        student,
                        tier.getValue(),
                        head + "With " + bound + tier.getKey().toPlainString() + " it earns " + tier.getValue() + "."))
                .orElseGet(() -> new Awarded(
                        student,
                        Points.ZERO,
                        head + "The lowest tier asks for " + bound
                                + tiers.tiers().lastKey().toPlainString() + "."));
    }

    private Awarded linear(Student student, BigDecimal score, Award.Linear linear, String head) {
        BigDecimal from = value(linear.from());
        BigDecimal to = value(linear.to());
        String rule = from.toPlainString() + name(linear.from()) + " earns nothing, " + to.toPlainString()
                + name(linear.to()) + " earns " + award.points();
        Points points;
        if (better.compare(score, from) >= 0) {
            points = Points.ZERO;
        } else if (better.compare(score, to) <= 0) {
            points = award.points();
        } else {
            BigDecimal share = score.subtract(from).divide(to.subtract(from), MathContext.DECIMAL64);
            points = stepped(award.points().value().multiply(share));
        }
        return new Awarded(student, points, head + rule + "; this score earns " + points + ".");
    }

    /** Half up to the step of the item. */
    private Points stepped(BigDecimal exact) {
        BigDecimal step = item.step().value();
        return new Points(exact.divide(step, 0, RoundingMode.HALF_UP).multiply(step));
    }

    private BigDecimal value(Award.Mark mark) {
        return switch (mark) {
            case Award.Value(BigDecimal value) -> value;
            case Award.OfBaseline(String id) -> Objects.requireNonNull(baselines.get(id), id);
            case Award.Best best ->
                outcomes.values().stream()
                        .map(Outcome::score)
                        .filter(Objects::nonNull)
                        .min(better)
                        .orElseThrow();
        };
    }

    private static String name(Award.Mark mark) {
        return switch (mark) {
            case Award.Value value -> "";
            case Award.OfBaseline(String id) -> " (baseline " + id + ")";
            case Award.Best best -> " (the best)";
        };
    }

    /** Why the course's form does not take these points; empty where it does. */
    public static Optional<String> unfit(Award award, @Nullable FormItem item) {
        if (item == null) {
            return Optional.of("The form of " + award.lab() + " has no item '" + award.item()
                    + "'. Name one with 'item' below 'award', or give the lab points of its own in course.yaml.");
        }
        if (award.points().compareTo(item.points()) > 0) {
            return Optional.of("The challenge gives up to " + award.points() + " points, the item '" + item.id()
                    + "' of " + award.lab() + " takes " + item.points() + ". Make the two agree.");
        }
        List<Points> given = switch (award.rule()) {
            case Award.Tiers tiers -> List.copyOf(tiers.tiers().values());
            case Award.Ranks ranks ->
                Stream.concat(ranks.ranks().values().stream(), Stream.of(ranks.others()))
                        .toList();
            case Award.Linear linear -> List.of(award.points());
        };
        return given.stream()
                .filter(points -> !item.takes(points))
                .findFirst()
                .map(points -> "The challenge gives " + points + " points, but the item '" + item.id() + "' of "
                        + award.lab() + " takes steps of " + item.step() + ".");
    }
}
