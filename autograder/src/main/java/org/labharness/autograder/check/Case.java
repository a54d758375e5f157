package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.labharness.lab.Check;
import org.labharness.lab.Points;
import org.labharness.lab.Prices;
import org.labharness.pipeline.evidence.Evidence;

/** What a rule may read: the check, the lab's prices and the evidence. */
record Case(Check check, Prices prices, Evidence evidence) {
    Points full() {
        return check.points();
    }

    /**
     * Points for equal parts, some proven, some reported only, some that could not be tried for want of the student's data.
     * What is priced below full is rounded down, so that no price is ever exceeded.
     */
    Points share(int proven, int reported, int unreachable, int all) {
        Points sure = full().part(proven, all);
        return sure.plus(priced(reported, all, prices.reported())).plus(priced(unreachable, all, prices.unreachable()));
    }

    /** Points for {@code earned}, worth only the price of what is reported. */
    Points reported(Points earned) {
        return down(earned.value().multiply(prices.reported()));
    }

    /** Points for {@code earned}, worth only the price of what cannot be tried. */
    Points unreachable(Points earned) {
        return down(earned.value().multiply(prices.unreachable()));
    }

    private Points priced(int parts, int all, BigDecimal price) {
        BigDecimal exact = full().value().multiply(BigDecimal.valueOf(parts)).multiply(price);
        return new Points(exact.divide(BigDecimal.valueOf(all), 2, RoundingMode.DOWN));
    }

    private static Points down(BigDecimal value) {
        return new Points(value.setScale(2, RoundingMode.DOWN));
    }
}
