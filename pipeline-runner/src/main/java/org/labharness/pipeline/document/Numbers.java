package org.labharness.pipeline.document;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalDouble;
import org.labharness.pipeline.document.Doc.ScalarKind;

/** Numbers as YAML 1.2, JSON and TOML write them. */
final class Numbers {
    private static final int LONGEST = 1_000;

    private Numbers() {}

    static OptionalDouble parse(ScalarKind kind, String text) {
        if (kind != ScalarKind.INTEGER && kind != ScalarKind.FLOAT) {
            return OptionalDouble.empty();
        }
        String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            return OptionalDouble.of(kind == ScalarKind.INTEGER ? integer(plain).doubleValue() : decimal(plain));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static BigInteger integer(String text) {
        if (text.length() > LONGEST) {
            throw new NumberFormatException("longer than " + LONGEST + " digits");
        }
        String sign = text.startsWith("-") ? "-" : "";
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        return new BigInteger(sign + (radix == 10 ? digits : digits.substring(2)), radix);
    }

    private static double decimal(String text) {
        String bare = text.replaceFirst("^[+-]?\\.?", "");
        double sign = text.startsWith("-") ? -1 : 1;
        return switch (bare) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> sign * Double.POSITIVE_INFINITY;
            default -> {
                if (text.length() > LONGEST) {
                    throw new NumberFormatException("longer than " + LONGEST + " characters");
                }
                yield Double.parseDouble(text);
            }
        };
    }
}
