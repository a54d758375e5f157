package org.labharness.lab.challenge;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;

/**
 * What the private score earns in the course, once the challenge is closed.
 *
 * @param lab of the course
 * @param item of that lab's form
 * @param points the most that can be earned
 */
public record Award(LabId lab, String item, Points points, Rule rule) {
    /** How a result becomes points. */
    public sealed interface Rule {}

    /** @param tiers the private score that has to be reached with what it earns, best first */
    public record Tiers(SortedMap<BigDecimal, Points> tiers) implements Rule {
        public Tiers {
            tiers = Collections.unmodifiableSortedMap(new TreeMap<>(tiers));
        }

        /** @param falling whether the highest value is the best */
        public static Tiers of(SortedMap<BigDecimal, Points> tiers, boolean falling) {
            Comparator<BigDecimal> best = falling ? Comparator.reverseOrder() : Comparator.naturalOrder();
            SortedMap<BigDecimal, Points> sorted = new TreeMap<>(best);
            sorted.putAll(tiers);
            return new Tiers(sorted);
        }
    }

    /**
     * In proportion between two scores.
     *
     * @param from earns nothing, and so does what is worse
     * @param to earns all points, and so does what is better
     */
    public record Linear(Mark from, Mark to) implements Rule {}

    /**
     * By the private rank.
     *
     * @param ranks the last rank that earns so much, with what it earns
     * @param others what every other entry earns
     */
    public record Ranks(SortedMap<Integer, Points> ranks, Points others) implements Rule {
        public Ranks {
            ranks = Collections.unmodifiableSortedMap(new TreeMap<>(ranks));
        }
    }

    /** A score to compare with. */
    public sealed interface Mark {}

    /** @param value a score */
    public record Value(BigDecimal value) implements Mark {}

    /** @param baseline the private score of this baseline */
    public record OfBaseline(String baseline) implements Mark {}

    /** The best private score of all teams. */
    public record Best() implements Mark {}
}
