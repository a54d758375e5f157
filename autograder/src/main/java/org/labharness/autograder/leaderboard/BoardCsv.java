package org.labharness.autograder.leaderboard;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A board as CSV (RFC 4180, UTF-8), in which no cell is a formula for a spreadsheet. */
public final class BoardCsv {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r]");
    private static final Pattern QUOTED = Pattern.compile("[\",\\r\\n]|^\\s|\\s$");

    private BoardCsv() {}

    /** The names of the columns, then a line for each entrant and baseline; what is unknown is empty. */
    public static String of(Board board) {
        StringBuilder text = new StringBuilder();
        text.append(line(board.columns().stream().map(Board.Column::key).toList()));
        board.lines().forEach(one -> text.append(line(one.cells())));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(BoardCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        if (text.equals(Board.NOTHING)) {
            return "";
        }
        String safe = FORMULA.matcher(text).find() && !NUMBER.matcher(text).matches() ? "'" + text : text;
        return QUOTED.matcher(safe).find() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
