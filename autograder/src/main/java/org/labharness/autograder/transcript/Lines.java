package org.labharness.autograder.transcript;

import org.labharness.autograder.check.PlainText;

/** Text whose lines break between words; what goes on is indented by two more. What people wrote does nothing to a terminal. */
final class Lines {
    private static final int LONGEST = 2_000;

    private final int width;
    private final StringBuilder text = new StringBuilder();

    Lines(int width) {
        this.width = width;
    }

    void blank() {
        text.append('\n');
    }

    /** @param line may begin with blanks, which are kept */
    void add(int indent, String line) {
        int at = indent + line.length() - line.stripLeading().length();
        StringBuilder row = new StringBuilder();
        int taken = at;
        String gap = "";
        for (String word : PlainText.line(line, LONGEST).split(" ", -1)) {
            int more = gap.length() + Columns.of(word);
            if (!gap.isEmpty() && taken + more > width) {
                text.append(row).append('\n');
                row.setLength(0);
                taken = at + 2;
                gap = "";
                more = Columns.of(word);
            }
            row.append(row.isEmpty() ? Columns.blanks(taken) : gap).append(word);
            taken += more;
            gap = " ";
        }
        text.append(row).append('\n');
    }

    /** Something at the left, and what it comes to at the right; below it where there is no room. */
    void add(int indent, String left, String right) {
        String plain = PlainText.line(left, LONGEST);
        int room = width - indent - Columns.of(plain) - Columns.of(right);
        if (room >= 2) {
            text.append(Columns.blanks(indent))
                    .append(plain)
                    .append(Columns.blanks(room))
                    .append(right)
                    .append('\n');
        } else {
            add(indent, plain);
            text.append(Columns.right(right, width)).append('\n');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
