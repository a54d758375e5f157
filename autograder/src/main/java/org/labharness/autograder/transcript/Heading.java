package org.labharness.autograder.transcript;

import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.check.PlainText;

/** The head of a column, a few words below each other. */
record Heading(List<String> words) {
    private static final int LONGEST = 60;

    Heading {
        words = List.copyOf(words);
    }

    /** @param longest columns of a word, beyond which it is cut */
    static Heading of(String title, int longest) {
        List<String> lines = new ArrayList<>();
        for (String word : PlainText.line(title, LONGEST).split(" ", -1)) {
            String cut = Columns.cut(word, longest);
            int width = lines.stream().mapToInt(Columns::of).max().orElse(0);
            if (!lines.isEmpty() && Columns.of(lines.getLast() + " " + cut) <= Math.max(width, Columns.of(cut))) {
                lines.set(lines.size() - 1, lines.getLast() + " " + cut);
            } else {
                lines.add(cut);
            }
        }
        return new Heading(lines);
    }

    static Heading of(String word) {
        return new Heading(List.of(word));
    }

    /** The same with one more line. */
    Heading with(String last) {
        List<String> more = new ArrayList<>(words);
        more.add(last);
        return new Heading(more);
    }

    int width() {
        return words.stream().mapToInt(Columns::of).max().orElse(0);
    }

    int lines() {
        return words.size();
    }

    /** @param all lines of the table's head, of which this one fills the lowest */
    String line(int number, int all) {
        int own = number - (all - words.size());
        return own < 0 ? "" : words.get(own);
    }
}
