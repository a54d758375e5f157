package org.labharness.lab;

import java.math.BigDecimal;

/**
 * What less than full proof is worth, as a share (0 to 1) of a check's points.
 *
 * @param reported where only committed traces say so; less than 1
 * @param unreachable where the student's data cannot be reached, so that nothing could be run
 * @param repaired of a stage that ran only after the harness had mended the clone: made a folder that Git cannot keep, taken
 *     out a committed MLflow store that names another machine's folders, or put a command for the shell of Windows into that of Linux
 */
public record Prices(BigDecimal reported, BigDecimal unreachable, BigDecimal repaired) {
    private static final BigDecimal REPAIRED = new BigDecimal("0.8");
    public static final Prices DEFAULT = new Prices(new BigDecimal("0.4"), new BigDecimal("0.5"));

    /** With the default price of repairs. */
    public Prices(BigDecimal reported, BigDecimal unreachable) {
        this(reported, unreachable, REPAIRED);
    }

    public Prices {
        if (reported.signum() < 0 || reported.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("reported is worth at least 0 and less than 1, but this is " + reported);
        }
        if (unreachable.signum() < 0 || unreachable.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("unreachable is worth 0 to 1, but this is " + unreachable);
        }
        if (repaired.signum() < 0 || repaired.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("repaired is worth 0 to 1, but this is " + repaired);
        }
    }
}
