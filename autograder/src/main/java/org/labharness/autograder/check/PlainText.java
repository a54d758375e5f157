package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.lab.ShellWord;

/** Makes text that students wrote fit to stand in a sentence: one line, no control or direction characters, cut. */
public final class PlainText {
    private static final int NAME = 80;
    private static final int LINE = 300;
    private static final int PARAGRAPH = 1_500;
    private static final int SHOWN = 5;
    private static final MathContext DIGITS = new MathContext(10);
    private static final Pattern ESCAPES =
            Pattern.compile("\u001B(\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)?|.?)");
    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Zl}\\p{Zp}]+");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{6,}");

    private PlainText() {}

    /** One line without control, format and direction characters, at most {@code max} characters. */
    public static String line(String text, int max) {
        String start = text.length() > max * 4 ? text.substring(0, max * 4) : text;
        String plain = BREAKS.matcher(ESCAPES.matcher(start).replaceAll("")).replaceAll(" ");
        plain = UNSEEN.matcher(plain).replaceAll("").strip();
        int length = plain.codePointCount(0, plain.length());
        if (length <= max && start.length() == text.length()) {
            return plain;
        }
        return plain.substring(0, plain.offsetByCodePoints(0, Math.min(length, max - 1))) + "…";
    }

    /** A name or path as it stands in a sentence. */
    static String name(String text) {
        return line(text, NAME);
    }

    /** A value, between quotation marks. */
    static String quoted(String text) {
        return "'" + name(text) + "'";
    }

    /** A line of a log; memory addresses, which differ from run to run, are left out. */
    static String logLine(String text) {
        return ADDRESS.matcher(line(text, LINE)).replaceAll("0x…");
    }

    /** A whole message. */
    static String paragraph(String text) {
        return line(text, PARAGRAPH);
    }

    /** {@code a, b, c and 4 more}. */
    static String list(List<String> names) {
        String shown = names.stream().limit(SHOWN).map(PlainText::name).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    /** {@code a and b}, {@code a, b and c}, {@code a, b, c, d, e and 4 more}. */
    static String all(List<String> names) {
        if (names.size() < 2 || names.size() > SHOWN) {
            return list(names);
        }
        return list(names.subList(0, names.size() - 1)) + " and " + name(names.getLast());
    }

    /** {@code 1 run}, {@code 3 runs}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** A number, at most ten digits; {@code NaN} and infinities named. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN (not a number)" : value > 0 ? "infinity" : "minus infinity";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return Math.abs(rounded.scale()) > 12 || rounded.precision() - rounded.scale() > 15
                ? rounded.toString()
                : rounded.toPlainString();
    }

    /** A word as a shell reads it back, whatever is in it. */
    static String shell(String word) {
        return ShellWord.of(line(word, LINE));
    }
}
