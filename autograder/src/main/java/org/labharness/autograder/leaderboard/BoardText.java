package org.labharness.autograder.leaderboard;

import java.util.List;
import java.util.stream.IntStream;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.leaderboard.Board.Line;

/** A board for a terminal. */
public final class BoardText {
    private static final int LONGEST_NAME = 30;

    private BoardText() {}

    /**
     * Notes, then a line for each entrant and baseline, columns two blanks apart.
     *
     * @param width columns of the notes at most; the table is as wide as it is
     */
    public static String of(Board board, int width) {
        int[] widths = IntStream.range(0, board.columns().size())
                .map(column -> Math.max(
                        length(board.columns().get(column).title()),
                        board.lines().stream()
                                .mapToInt(line -> length(cell(line, column)))
                                .max()
                                .orElse(0)))
                .toArray();
        StringBuilder text = new StringBuilder(PlainText.line(board.title(), 200)).append('\n');
        board.notes().forEach(note -> wrap(text, PlainText.line(note, 1_000), width));
        text.append('\n');
        row(
                text,
                board,
                widths,
                board.columns().stream().map(Board.Column::title).toList());
        row(text, board, widths, IntStream.of(widths).mapToObj("-"::repeat).toList());
        for (Line line : board.lines()) {
            row(
                    text,
                    board,
                    widths,
                    IntStream.range(0, widths.length)
                            .mapToObj(column -> cell(line, column))
                            .toList());
        }
        if (board.lines().isEmpty()) {
            text.append("  Nothing was handed in yet.\n");
        }
        return text.toString();
    }

    private static void wrap(StringBuilder text, String note, int width) {
        String rest = note;
        while (rest.length() > width && rest.lastIndexOf(' ', width) > 0) {
            int blank = rest.lastIndexOf(' ', width);
            text.append(rest, 0, blank).append('\n');
            rest = rest.substring(blank + 1);
        }
        text.append(rest).append('\n');
    }

    private static String cell(Line line, int column) {
        return PlainText.line(line.cells().get(column), LONGEST_NAME);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static void row(StringBuilder text, Board board, int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String blanks = " ".repeat(widths[column] - length(cells.get(column)));
            line.append("  ")
                    .append(
                            board.columns().get(column).number()
                                    ? blanks + cells.get(column)
                                    : cells.get(column) + blanks);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
