package org.labharness.autograder.leaderboard;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;

import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.leaderboard.Board.Column;
import org.labharness.autograder.leaderboard.Board.Line;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;

/** A board as a page. */
public final class BoardPage {
    private static final String STYLE = """
            .board td.number, .board th.number { text-align: right; font-variant-numeric: tabular-nums; }
            .board td { white-space: nowrap; }
            .board td:nth-child(2) { white-space: normal; overflow-wrap: anywhere; overflow: clip; min-width: 7.5rem; max-width: 20rem; }
            .board tr.baseline td { color: var(--soft); font-style: italic; background: var(--paper); }
            .over-time { margin-top: 1.4rem; }
            .over-time svg { max-width: 48rem; }
            .level { fill: none; stroke: var(--soft); stroke-dasharray: 4 4; }
            """;

    private BoardPage() {}

    /** A whole page that asks nothing of any network. */
    public static String of(Board board) {
        List<Html> parts = new ArrayList<>();
        List<Html> head = new ArrayList<>(List.of(tag("h1", board.title())));
        board.notes().forEach(note -> head.add(tag("p", css("meta"), note)));
        parts.add(tag("header", head.toArray()));
        parts.add(tag("section", board.lines().isEmpty() ? tag("p", "Nothing was handed in yet.") : table(board)));
        if (board.chart() != null) {
            parts.add(board.chart().draw());
        }
        return Page.of(board.title(), STYLE, tag("main", css("class"), parts.toArray()));
    }

    private static Html table(Board board) {
        Html[] names = board.columns().stream()
                .map(column -> tag("th", side(column), column.title()))
                .toArray(Html[]::new);
        Html[] rows = board.lines().stream().map(line -> row(board, line)).toArray(Html[]::new);
        return tag(
                "div",
                css("wide fit"),
                tag("table", css("board"), tag("thead", tag("tr", (Object[]) names)), tag("tbody", (Object[]) rows)));
    }

    private static Html row(Board board, Line line) {
        List<Html> cells = new ArrayList<>();
        for (int i = 0; i < line.cells().size(); i++) {
            cells.add(tag("td", side(board.columns().get(i)), line.cells().get(i)));
        }
        return tag("tr", css(line.baseline() ? "baseline" : "entrant"), cells.toArray());
    }

    private static Html.Attributes side(Column column) {
        return css(column.number() ? "number" : "word");
    }
}
