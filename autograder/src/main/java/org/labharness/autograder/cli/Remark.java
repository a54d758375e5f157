package org.labharness.autograder.cli;

import org.labharness.autograder.check.PlainText;

/** What people write beside a decision: one line, and nothing in it that a terminal or a page would obey. */
final class Remark {
    private static final int LONGEST = 2_000;

    private Remark() {}

    /** @param option which it was given with */
    static String of(String option, String text) {
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST) {
            throw new WrongUse(option + " takes at most " + LONGEST + " characters, not " + length + ".");
        }
        return PlainText.line(text, LONGEST);
    }
}
