package org.labharness.lab.load;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Points;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads tiers: which value earns what. */
final class TierArguments {
    private TierArguments() {}

    /**
     * @param points what the check is worth
     * @param falling whether the highest value is the best, so that it stands first
     */
    static SortedMap<BigDecimal, Points> read(Value value, Points points, boolean falling) {
        String best = falling ? "highest" : "lowest";
        YamlMap map = YamlMap.open(
                value,
                "values with their points, " + best + " first, such as {"
                        + (falling ? "0.9: 10, 0.8: 5" : "0.3: 10, 0.5: 5") + "}");
        if (map.keys().isEmpty() && value.node() instanceof MappingNode) {
            value.wrong("at least one tier, such as {0.9: 10}");
        }
        SortedMap<BigDecimal, Points> tiers = new TreeMap<>();
        @Nullable BigDecimal higher = null;
        Points before = points;
        for (String key : map.keys()) {
            Points worth = map.get(key).map(tier -> tier.points("0.01")).orElse(Points.ZERO);
            int line = map.line(key);
            if (!key.matches("-?[0-9]{1,12}(\\.[0-9]{1,12})?")) {
                value.problems().add("type", line, "The tier '" + key + "' is no number.", "Expected one such as 0.9.");
                continue;
            }
            BigDecimal least = new BigDecimal(key);
            if (higher != null && (falling ? least.compareTo(higher) >= 0 : least.compareTo(higher) <= 0)) {
                String seen = "The tier " + key + " stands after " + higher.toPlainString() + ".";
                value.problems().add("tiers", line, seen, "Expected the " + best + " value first.");
            }
            if (worth.compareTo(before) > 0) {
                String limit = higher == null ? "the check is worth" : "the tier above it earns";
                String seen = "The tier " + key + " earns " + worth + ", but " + limit + " " + before + ".";
                value.problems().add("tiers", line, seen, "Expected at most " + before + ".");
            }
            if (higher == null && worth.compareTo(points) < 0) {
                String seen = "The best tier earns " + worth + " of " + points + " points: nobody could earn them all.";
                value.problems().add("tiers", line, seen, "Expected " + points + ".");
            }
            higher = least;
            before = worth;
            tiers.put(least, worth);
        }
        return tiers;
    }
}
