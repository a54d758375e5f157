package org.labharness.pipeline.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strings as Python until 3.11 splits them: an f-string ends where any other string would, at the next quote of its kind, and its braces
 * hold no backslash.
 */
final class EarlierStrings {
    private static final Pattern START = Pattern.compile("([rRbBuUfF]{0,2})(\"\"\"|'''|\"|')");
    private static final Pattern BETWEEN = Pattern.compile("(?:\\s|\\\\\\n|#[^\\n]*\\n)*+");

    private final String text;
    private int at;

    private EarlierStrings(String text) {
        this.text = text;
    }

    /** Whether a row of strings, which Python joins, is one for these versions too. */
    static boolean accept(String text) {
        return new EarlierStrings(text).strings();
    }

    private boolean strings() {
        Matcher start = START.matcher(text);
        Matcher between = BETWEEN.matcher(text);
        while (at < text.length()) {
            if (!start.region(at, text.length()).lookingAt()) {
                return false;
            }
            at = start.end();
            boolean formatted =
                    start.group(1).toLowerCase(java.util.Locale.ROOT).contains("f");
            if (!string(start.group(2), formatted)) {
                return false;
            }
            if (between.region(at, text.length()).lookingAt()) {
                at = between.end();
            }
        }
        return true;
    }

    /** Reads to behind the closing quotes. */
    private boolean string(String quotes, boolean formatted) {
        int depth = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (text.startsWith(quotes, at)) {
                at += quotes.length();
                return depth == 0;
            }
            if (letter == '\n' && quotes.length() == 1) {
                return false;
            }
            if (letter == '\\') {
                if (depth > 0) {
                    return false;
                }
                at += escaped(formatted);
            } else if (formatted && depth == 0 && (text.startsWith("{{", at) || text.startsWith("}}", at))) {
                at += 2;
            } else {
                depth += !formatted ? 0 : letter == '{' ? 1 : letter == '}' ? -1 : 0;
                at++;
            }
        }
        return false;
    }

    /** Letters of an escape: {@code \N{EM DASH}} has braces of its own. */
    private int escaped(boolean formatted) {
        int end = text.startsWith("\\N{", at) && formatted ? text.indexOf('}', at) : -1;
        return end > 0 ? end + 1 - at : 2;
    }
}
