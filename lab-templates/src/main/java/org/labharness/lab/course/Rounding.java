package org.labharness.lab.course;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a course rounds. All arithmetic before is exact.
 *
 * @param where the one place where it is done
 * @param places decimal places that stay, 0 to 4
 */
public record Rounding(Where where, int places, Mode mode) {
    public static final Rounding DEFAULT = new Rounding(Where.TOTAL, 2, Mode.HALF_UP);

    /** What is rounded; everything else stays exact. */
    public enum Where {
        TOTAL,
        COMPONENTS
    }

    /** In which direction. */
    public enum Mode {
        HALF_UP(RoundingMode.HALF_UP),
        HALF_EVEN(RoundingMode.HALF_EVEN),
        UP(RoundingMode.CEILING),
        DOWN(RoundingMode.FLOOR);

        private final RoundingMode mode;

        Mode(RoundingMode mode) {
            this.mode = mode;
        }

        public RoundingMode mode() {
            return mode;
        }
    }

    public BigDecimal apply(BigDecimal exact) {
        return exact.setScale(places, mode.mode());
    }
}
