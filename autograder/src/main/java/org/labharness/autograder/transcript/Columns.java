package org.labharness.autograder.transcript;

/** How many columns of a terminal a text takes. */
final class Columns {
    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = Character.isIdeographic(point)
                || (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x3040 && point <= 0x30FF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xFF01 && point <= 0xFF60)
                || (point >= 0x1F300 && point <= 0x1FAFF);
        return wide ? 2 : 1;
    }

    /** The text, or its beginning and an ellipsis where it takes more than {@code most} columns. */
    static String cut(String text, int most) {
        if (of(text) <= most) {
            return text;
        }
        StringBuilder start = new StringBuilder();
        int taken = 1;
        for (int point : text.codePoints().toArray()) {
            taken += of(point);
            if (taken > most) {
                break;
            }
            start.appendCodePoint(point);
        }
        return start.toString().stripTrailing() + "…";
    }

    static String left(String text, int width) {
        return text + blanks(width - of(text));
    }

    static String right(String text, int width) {
        return blanks(width - of(text)) + text;
    }

    static String blanks(int count) {
        return " ".repeat(Math.max(0, count));
    }
}
