package org.labharness.lab.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.FormItem;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.challenge.Award;
import org.labharness.lab.challenge.Award.Mark;
import org.labharness.lab.challenge.Baseline;
import org.labharness.lab.challenge.Venue;

/** Reads what a challenge is worth. */
final class AwardArguments {
    static final List<String> KEYS = List.of("lab", "item", "points", "tiers", "linear", "ranks");
    static final List<String> LINEAR_KEYS = List.of("from", "to");
    private static final List<String> RULES = List.of("tiers", "linear", "ranks");
    private static final String OTHERS = "others";
    private static final LabId NOBODY = new LabId("unknown");
    /** The item of what has no form of its own in course.yaml. */
    private static final String USUAL_ITEM = "points";

    private final Venue venue;
    private final Points points;

    private AwardArguments(Venue venue, Points points) {
        this.venue = venue;
        this.points = points;
    }

    static @Nullable Award read(Value value, Venue venue) {
        YamlMap map = YamlMap.of(value, KEYS);
        LabId lab = map.need("lab", "the course's lab that gets the points")
                .map(text -> text.parsed(LabId::parse, NOBODY))
                .orElse(NOBODY);
        String item = map.get("item")
                .map(text -> text.parsed(AwardArguments::item, USUAL_ITEM))
                .orElse(USUAL_ITEM);
        Points points = map.need("points", "the most that can be earned")
                .map(number -> number.points("0.01"))
                .orElse(Points.of(10_000));
        List<String> given = RULES.stream().filter(map::has).toList();
        if (given.size() != 1) {
            value.wrong("one of 'tiers', 'linear' and 'ranks' beside 'lab' and 'points'");
            return null;
        }
        AwardArguments reading = new AwardArguments(venue, points);
        Value rule = map.get(given.getFirst()).orElseThrow();
        return new Award(
                lab,
                item,
                points,
                switch (given.getFirst()) {
                    case "tiers" ->
                        Award.Tiers.of(
                                TierArguments.read(rule, points, venue.higherIsBetter()), venue.higherIsBetter());
                    case "linear" -> reading.linear(rule);
                    default -> reading.ranks(rule);
                });
    }

    private static String item(String text) {
        return new FormItem(text, "", "", Points.ZERO, Points.parse("0.01"), false, false).id();
    }

    private Award.Linear linear(Value value) {
        YamlMap map = YamlMap.of(value, LINEAR_KEYS);
        Mark from = map.need("from", "the score, or the id of the baseline, that earns nothing")
                .map(this::mark)
                .orElse(new Award.Best());
        Mark to = map.need("to", "the score, the id of the baseline, or 'best', that earns all points")
                .map(one -> one.isText() && one.scalar().equals("best") ? new Award.Best() : mark(one))
                .orElse(new Award.Best());
        if (from instanceof Award.Value(BigDecimal least)
                && to instanceof Award.Value(BigDecimal most)
                && (venue.higherIsBetter() ? most.compareTo(least) <= 0 : most.compareTo(least) >= 0)) {
            map.problems()
                    .add(
                            "order",
                            map.line("to"),
                            "All points are earned at " + most.toPlainString() + ", none at " + least.toPlainString()
                                    + ", and " + (venue.higherIsBetter() ? "higher" : "lower") + " is better.",
                            "Expected 'to' better than 'from'.");
        }
        return new Award.Linear(from, to);
    }

    private Mark mark(Value value) {
        if (!value.isText()) {
            return new Award.Value(value.decimal("-1000000000", "1000000000"));
        }
        List<String> baselines = venue instanceof Venue.Here here
                ? here.baselines().stream().map(Baseline::id).toList()
                : List.of();
        if (baselines.isEmpty()) {
            value.wrong("a number, such as 0.6; there are no baselines");
        }
        Optional<String> id = baselines.isEmpty() ? Optional.empty() : value.word(baselines);
        return id.<Mark>map(Award.OfBaseline::new).orElse(new Award.Best());
    }

    private Award.Ranks ranks(Value value) {
        YamlMap map = YamlMap.open(value, "ranks with their points, best first, such as {1: 20, 3: 18, others: 10}");
        SortedMap<Integer, Points> ranks = new TreeMap<>();
        Points before = points;
        Points others = Points.ZERO;
        int last = 0;
        for (String key : map.keys()) {
            Points worth = map.get(key).map(one -> one.points("0")).orElse(Points.ZERO);
            boolean number = key.matches("[1-9][0-9]{0,4}");
            if (!number && !key.equals(OTHERS)) {
                map.problems()
                        .add("type", map.line(key), "'" + key + "' is no rank.", "Expected one such as 3, or others.");
                continue;
            }
            int rank = number ? Integer.parseInt(key) : Integer.MAX_VALUE;
            if (rank <= last) {
                String seen = "The rank " + key + " stands after " + (last == Integer.MAX_VALUE ? OTHERS : last) + ".";
                map.problems().add("order", map.line(key), seen, "Expected the best rank first.");
            }
            if (worth.compareTo(before) > 0) {
                String seen = "'" + key + "' earns " + worth + ", but " + before + " is the most that is left.";
                map.problems().add("order", map.line(key), seen, "Expected at most " + before + ".");
            }
            if (last == 0 && worth.compareTo(points) < 0) {
                String seen =
                        "The first rank earns " + worth + " of " + points + " points: nobody could earn them all.";
                map.problems().add("order", map.line(key), seen, "Expected " + points + ".");
            }
            last = rank;
            before = worth;
            if (number) {
                ranks.put(rank, worth);
            } else {
                others = worth;
            }
        }
        if (ranks.isEmpty() && map.problems().none()) {
            value.wrong("at least one rank, such as {1: 20}");
        }
        return new Award.Ranks(ranks, others);
    }
}
