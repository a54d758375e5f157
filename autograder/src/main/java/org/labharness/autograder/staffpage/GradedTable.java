package org.labharness.autograder.staffpage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;

import java.util.List;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.store.StaffStore;
import org.labharness.autograder.store.StaffStore.Graded;

/** What was judged of late, a line each. */
final class GradedTable {
    /** Further ones have their place in the gradebook. */
    private static final int SHOWN = 30;

    private static final List<String> COLUMNS = List.of("Submission", "Who", "Lab", "Points", "Judged", "");

    private final Board board;
    private final Labels labels;
    private final AgainButton again;

    GradedTable(Board board, Labels labels, AgainButton again) {
        this.board = board;
        this.labels = labels;
        this.again = again;
    }

    Html of() {
        Html table = Lines.table(
                COLUMNS, board.graded().stream().limit(SHOWN).map(this::row).toList(), "Nothing was graded.");
        int more = board.graded().size() - SHOWN;
        return more <= 0
                ? table
                : Html.all(
                        table,
                        tag(
                                "p",
                                css("meta"),
                                "and " + more + (board.graded().size() < StaffStore.MOST ? "" : " or more")
                                        + " before them."));
    }

    private List<Html> row(Graded one) {
        return List.of(
                labels.submission(one.work().submission()),
                labels.who(one.work().owner()),
                Html.text(labels.lab(one.work().lab())),
                Html.all(tag("b", one.points()), " of " + one.of()),
                Html.all(labels.since(one.at()), " ago"),
                again.of(one.work()));
    }
}
