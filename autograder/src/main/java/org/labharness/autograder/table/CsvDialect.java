package org.labharness.autograder.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between the cells of a table, and whether its quotes are closed.
 *
 * @param text the table; a line such as {@code sep=;}, which spreadsheets write before it, is emptied, so that lines keep their numbers
 */
record CsvDialect(String text, char separator) {
    private static final Pattern SAID = Pattern.compile("\\A\"?sep=([,;\\t])\"?(?=[\\r\\n])", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    static CsvDialect of(String text) {
        Matcher said = SAID.matcher(text);
        if (said.find()) {
            return new CsvDialect(text.substring(said.end()), said.group(1).charAt(0));
        }
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(first, candidate) > count(first, best)) {
                best = candidate;
            }
        }
        return new CsvDialect(text, best);
    }

    private static long count(String line, char separator) {
        return line.chars().filter(c -> c == separator).count();
    }

    /** A cell without what cannot be seen around it: blanks, also those that do not break, and byte order marks. */
    static String bare(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isBlank(cell.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(cell.charAt(to - 1))) {
            to--;
        }
        return cell.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
    }

    /**
     * A quotation mark that nothing closes, as a sentence: the rest of the table would all be one cell. A mark opens a cell only where it
     * is its first character.
     */
    Optional<String> openQuote() {
        boolean quoted = false;
        boolean begins = true;
        int line = 1;
        int opened = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
            line += ends ? 1 : 0;
            if (quoted && c == '"' && text.startsWith("\"", i + 1)) {
                i++;
            } else if (c == '"' && (quoted || begins)) {
                quoted = !quoted;
                opened = line;
                begins = false;
            } else {
                begins = c == separator || ends || c == '\r';
            }
        }
        return quoted
                ? Optional.of("line " + opened + ": a double quote opens a cell, and nothing closes it. Close it, or"
                        + " leave it out.")
                : Optional.empty();
    }

    /** What the reader complains of, as people would say it. */
    static String words(CsvParseException complaint) {
        String cause = complaint.getCause() == null
                ? ""
                : String.valueOf(complaint.getCause().getMessage());
        Matcher line = LINE.matcher(String.valueOf(complaint.getMessage()));
        if (!line.find() || !cause.startsWith("Unexpected character after closing quote")) {
            return complaint.getMessage() + (cause.isEmpty() ? "" : ": " + cause) + ".";
        }
        return "line " + line.group(1)
                + ": a cell goes on after the double quote that closes it. Double each quote that"
                + " belongs to the cell (\"\"), or close the one before.";
    }
}
