package org.labharness.autograder.report;

import org.labharness.autograder.score.Mark;

/**
 * How to write to a terminal or a file.
 *
 * @param colours whether to use ANSI colours; only on a terminal
 * @param width columns
 */
public record TerminalStyle(boolean colours, int width) {
    private static final int NARROWEST = 40;
    private static final int WIDEST = 120;

    public TerminalStyle {
        width = Math.clamp(width, NARROWEST, WIDEST);
    }

    /** For files and pipes. */
    public static TerminalStyle plain() {
        return new TerminalStyle(false, 100);
    }

    String good(String text) {
        return paint("32", text);
    }

    String middling(String text) {
        return paint("33", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String strong(String text) {
        return paint("1", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    String paint(Mark mark, String text) {
        return switch (mark) {
            case FULL -> good(text);
            case PART, HELD -> middling(text);
            case NONE -> bad(text);
            case SET_ASIDE -> faint(text);
        };
    }

    private String paint(String code, String text) {
        return colours && !text.isEmpty() ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
