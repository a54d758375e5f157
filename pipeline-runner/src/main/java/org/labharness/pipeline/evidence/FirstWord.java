package org.labharness.pipeline.evidence;

import java.util.Locale;

/** What a line begins with: a cheap look before a dear one, for a flood of millions of lines must not cost seconds. */
final class FirstWord {
    private static final int LONGEST = 20;

    private FirstWord() {}

    /** The letters at the start of a line, blanks passed over, in lower case; empty where there are none, or too many for a word. */
    static String of(String line) {
        int start = 0;
        while (start < line.length() && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
            start++;
        }
        int end = start;
        while (end < line.length() && end - start <= LONGEST && Character.isLetter(line.charAt(end))) {
            end++;
        }
        return end - start > LONGEST ? "" : line.substring(start, end).toLowerCase(Locale.ROOT);
    }
}
