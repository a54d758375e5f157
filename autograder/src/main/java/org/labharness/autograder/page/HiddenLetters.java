package org.labharness.autograder.page;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Letters that nobody sees and terminals obey: those beyond ASCII, which JSON does not ask to be escaped. */
public final class HiddenLetters {
    private static final Pattern HIDDEN = Pattern.compile("[\\x7f-\\x9f\\p{Cf}\\x{2028}\\x{2029}]");

    private HiddenLetters() {}

    /** The same JSON: they can stand in its strings alone. */
    public static String escaped(String json) {
        return HIDDEN.matcher(json).replaceAll(HiddenLetters::escape);
    }

    private static String escape(MatchResult found) {
        return Matcher.quoteReplacement(found.group()
                .chars()
                .mapToObj(letter -> String.format(Locale.ROOT, "\\u%04x", letter))
                .collect(Collectors.joining()));
    }
}
