package org.labharness.lab;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory, disk or output in bytes, written {@code 512MiB} or {@code 2GiB}. */
public record Memory(long bytes) implements Comparable<Memory> {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([KMGT]i?B|B)");
    private static final String UNITS = "KMGT";

    public Memory {
        if (bytes < 0) {
            throw new IllegalArgumentException("an amount of memory is never negative, but this is " + bytes);
        }
    }

    public static Memory mebibytes(long amount) {
        return new Memory(Math.multiplyExact(amount, 1L << 20));
    }

    /** Reads {@code 512MiB}, {@code 1.5GiB}, {@code 100MB}, {@code 10B}. */
    public static Memory parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no amount of memory: expected one such as 512MiB or 2GiB");
        }
        String unit = matcher.group(2);
        int power = UNITS.indexOf(unit.charAt(0)) + 1;
        BigDecimal factor = BigDecimal.valueOf(unit.contains("i") ? 1024 : 1000).pow(power);
        return new Memory(new BigDecimal(matcher.group(1)).multiply(factor).longValue());
    }

    @Override
    public int compareTo(Memory other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The largest binary unit that needs at most one decimal place: {@code 1.5GiB}. */
    @Override
    public String toString() {
        int power = bytes < 1024 ? 0 : Math.min(UNITS.length(), (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        if (power == 0) {
            return bytes + "B";
        }
        String number = String.format(Locale.ROOT, "%.1f", bytes / Math.pow(1024, power));
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + UNITS.charAt(power - 1)
                + "iB";
    }
}
