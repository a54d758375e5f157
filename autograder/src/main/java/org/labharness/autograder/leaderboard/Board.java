package org.labharness.autograder.leaderboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A board, ready to be written: terminal, CSV and page tell the same cells.
 *
 * @param notes sentences above the table
 * @param chart score over time; null where no times are known
 */
public record Board(
        String title,
        List<String> notes,
        List<Column> columns,
        List<Line> lines,
        @Nullable ScoreChart chart) {
    /** What stands where nothing is known. */
    static final String NOTHING = "–";

    public Board {
        notes = List.copyOf(notes);
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
    }

    /**
     * A column.
     *
     * @param key as CSV names it
     * @param number whether it is set to the right
     */
    public record Column(String key, String title, boolean number) {}

    /**
     * A line.
     *
     * @param baseline whether nobody handed it in
     */
    public record Line(boolean baseline, List<String> cells) {
        public Line {
            cells = List.copyOf(cells);
        }
    }
}
