package org.labharness.autograder.challenge;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** A number as predictions and labels write it. */
final class PredictedNumber {
    /** What is farther from zero is a mistake, and would drown every other row. */
    static final double MOST = 1e15;

    private static final Pattern FORM = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
    private static final Pattern COMMA = Pattern.compile("[+-]?[0-9]*,[0-9]+");
    private static final Pattern NOTHING = Pattern.compile("(?i)nan|na|n/a|null|none");
    private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(inity)?");
    private static final int LONGEST = 60;

    private PredictedNumber() {}

    /** Its value; empty where the text is no number that is taken. */
    static OptionalDouble of(String text) {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return Math.abs(value) <= MOST ? OptionalDouble.of(value + 0.0) : OptionalDouble.empty();
    }

    /** Why it is none, as the end of a sentence that begins with the text. */
    static String complaint(String text) {
        if (NOTHING.matcher(text).matches()) {
            return "is a missing number. Predict something for every row";
        }
        if (INFINITE.matcher(text).matches()) {
            return "is not finite. Look for a division by zero or an overflow";
        }
        if (COMMA.matcher(text).matches()) {
            return "has a decimal comma. Write a point: " + text.replace(',', '.');
        }
        if (text.length() <= LONGEST && FORM.matcher(text).matches()) {
            return "is too far from zero: at most 1e15 either way is taken";
        }
        return "is no number. Expected one such as 3.25 or 1e-4";
    }
}
