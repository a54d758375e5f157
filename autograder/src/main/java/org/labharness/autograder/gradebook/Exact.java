package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.commons.numbers.fraction.BigFraction;

/** Exact numbers: decimals are fractions, and fractions are shown as decimals. */
final class Exact {
    private static final int SHOWN = 4;

    private Exact() {}

    static BigFraction of(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? BigFraction.of(decimal.toBigIntegerExact())
                : BigFraction.of(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    static BigFraction least(BigFraction one, BigFraction other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static BigFraction most(BigFraction one, BigFraction other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Rounded half up to four places, without zeros at the end. */
    static BigDecimal shown(BigFraction number) {
        BigDecimal decimal = number.bigDecimalValue(SHOWN, RoundingMode.HALF_UP).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }
}
