package org.labharness.pipeline.collect.dvc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.labharness.pipeline.document.Doc.Scalar;

/** Writes scalars as DVC puts them into commands and stage names: as Python's {@code str} does, but true and false in lower case. */
final class PythonText {
    private static final double SMALLEST_PLAIN = 1e-4;
    private static final double LARGEST_PLAIN = 1e16;

    private PythonText() {}

    static String of(Scalar scalar) {
        return switch (scalar.kind()) {
            case NULL -> "None";
            case BOOLEAN -> scalar.text().toLowerCase(Locale.ROOT);
            case STRING -> scalar.text();
            case INTEGER -> integer(scalar);
            case FLOAT -> decimal(scalar);
        };
    }

    private static String integer(Scalar scalar) {
        String digits = scalar.text().replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.matches("[+-]?[0-9]{1,100}")) {
            return new BigInteger(digits).toString();
        }
        if (digits.matches("0x[0-9a-f]{1,100}")) {
            return new BigInteger(digits.substring(2), 16).toString();
        }
        return digits.matches("0o[0-7]{1,100}") ? new BigInteger(digits.substring(2), 8).toString() : scalar.text();
    }

    private static String decimal(Scalar scalar) {
        double value = scalar.number().orElse(Double.NaN);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return scalar.text();
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN)) {
            String plain = new BigDecimal(Double.toString(value)).toPlainString();
            String sign = size == 0 && 1 / value < 0 ? "-" : "";
            return sign + (plain.contains(".") ? plain : plain + ".0");
        }
        String[] parts = Double.toString(value).split("E", 2);
        String mantissa = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        int exponent = Integer.parseInt(parts[1]);
        return mantissa + String.format(Locale.ROOT, exponent < 0 ? "e-%02d" : "e+%02d", Math.abs(exponent));
    }
}
