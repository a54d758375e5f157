package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;
import org.labharness.lab.Prices;
import org.labharness.pipeline.evidence.Evidence;

/**
 * What a rule may read: the check, the lab's prices and the evidence.
 *
 * @param story the check whose verdict tells at length what kept the pipeline from running; null where no other does
 */
record Case(
        Check check,
        Prices prices,
        Evidence evidence,
        @Nullable CheckId story) {
    /** What could not be had, and why; at length only where no other check says so. */
    Sentence because(String lacking, Sentence why) {
        return story == null || why.cause().isEmpty()
                ? why.after(lacking)
                : new Sentence(
                        lacking.substring(0, lacking.length() - 1) + ", because " + why.cause() + " (see '" + story
                                + "').",
                        why.hint(),
                        why.where(),
                        why.cause());
    }

    Points full() {
        return check.points();
    }

    /**
     * Points for equal parts, some proven, some reported only, some that could not be tried for want of the student's data.
     * Rounded once: half up, but down where a price is in it, so that no price is ever exceeded.
     */
    Points share(int proven, int reported, int unreachable, int all) {
        if (reported == 0 && unreachable == 0) {
            return full().part(proven, all);
        }
        BigDecimal parts = BigDecimal.valueOf(proven)
                .add(prices.reported().multiply(BigDecimal.valueOf(reported)))
                .add(prices.unreachable().multiply(BigDecimal.valueOf(unreachable)));
        return new Points(full().value().multiply(parts).divide(BigDecimal.valueOf(all), 2, RoundingMode.DOWN));
    }

    /** What these points lose where of all their parts some ran only after a repair; rounded half up, and never below nothing. */
    Points afterRepair(Points earned, int repaired, int all) {
        BigDecimal lost = full().value()
                .multiply(BigDecimal.ONE.subtract(prices.repaired()))
                .multiply(BigDecimal.valueOf(repaired))
                .divide(BigDecimal.valueOf(all), 2, RoundingMode.HALF_UP);
        return new Points(earned.value().subtract(lost).max(BigDecimal.ZERO));
    }

    /** Points for {@code earned}, worth only the price of what is reported. */
    Points reported(Points earned) {
        return down(earned.value().multiply(prices.reported()));
    }

    /** Points for {@code earned}, worth only the price of what cannot be tried. */
    Points unreachable(Points earned) {
        return down(earned.value().multiply(prices.unreachable()));
    }

    private static Points down(BigDecimal value) {
        return new Points(value.setScale(2, RoundingMode.DOWN));
    }
}
