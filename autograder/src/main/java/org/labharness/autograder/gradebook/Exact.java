package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import org.apache.commons.numbers.fraction.BigFraction;

/** Exact numbers: decimals are fractions, and fractions are shown as decimals. */
final class Exact {
    /**
     * By size. {@link BigFraction#compareTo} takes the smaller of two negative numbers for the larger (Commons Numbers 1.2), so it is not used
     * where a number may be negative.
     */
    static final Comparator<BigFraction> BY_SIZE =
            (one, other) -> one.subtract(other).signum();

    private static final int SHOWN = 4;

    private Exact() {}

    static BigFraction of(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? BigFraction.of(decimal.toBigIntegerExact())
                : BigFraction.of(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    static BigFraction least(BigFraction one, BigFraction other) {
        return BY_SIZE.compare(one, other) <= 0 ? one : other;
    }

    static BigFraction most(BigFraction one, BigFraction other) {
        return BY_SIZE.compare(one, other) >= 0 ? one : other;
    }

    /** At most four decimal places; an ellipsis stands for further ones, so that nobody takes them for the whole number. */
    static String written(BigFraction number) {
        BigDecimal cut = number.bigDecimalValue(SHOWN, RoundingMode.DOWN);
        boolean whole = of(cut).subtract(number).signum() == 0;
        return whole ? shown(number).toPlainString() : cut.toPlainString() + "…";
    }

    /** Rounded half up to four places, without zeros at the end. */
    static BigDecimal shown(BigFraction number) {
        BigDecimal decimal = number.bigDecimalValue(SHOWN, RoundingMode.HALF_UP).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }
}
