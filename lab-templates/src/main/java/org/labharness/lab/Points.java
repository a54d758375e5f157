package org.labharness.lab;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Points as an exact, non-negative decimal with at most two places; {@code 10}, {@code 10.0} and {@code 10.00} are equal. */
public record Points(BigDecimal value) implements Comparable<Points> {
    public static final Points ZERO = new Points(BigDecimal.ZERO);
    private static final int PLACES = 2;

    /** @throws IllegalArgumentException if the value is negative or has more than two decimal places */
    public Points {
        value = value.stripTrailingZeros();
        if (value.signum() < 0) {
            throw new IllegalArgumentException("points are never negative, but this is " + value.toPlainString());
        }
        if (value.scale() > PLACES) {
            throw new IllegalArgumentException(
                    "points have at most two decimal places, but this is " + value.toPlainString());
        }
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
    }

    public static Points of(long whole) {
        return new Points(BigDecimal.valueOf(whole));
    }

    public static Points parse(String text) {
        return new Points(new BigDecimal(text));
    }

    public Points plus(Points other) {
        return new Points(value.add(other.value));
    }

    /** @throws IllegalArgumentException if {@code other} is larger */
    public Points minus(Points other) {
        return new Points(value.subtract(other.value));
    }

    /** These points times {@code share} (0 to 1), rounded half up to two places. */
    public Points times(BigDecimal share) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("a share lies between 0 and 1, but this is " + share.toPlainString());
        }
        return new Points(value.multiply(share).setScale(PLACES, RoundingMode.HALF_UP));
    }

    /** {@code earned} of {@code all} equal parts of these points, rounded once, half up, to two places. */
    public Points part(int earned, int all) {
        if (all <= 0 || earned < 0 || earned > all) {
            throw new IllegalArgumentException(earned + " of " + all + " parts");
        }
        return new Points(value.multiply(BigDecimal.valueOf(earned))
                .divide(BigDecimal.valueOf(all), PLACES, RoundingMode.HALF_UP));
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    @Override
    public int compareTo(Points other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
