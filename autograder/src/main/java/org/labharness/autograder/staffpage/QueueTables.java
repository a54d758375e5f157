package org.labharness.autograder.staffpage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;

import java.util.List;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.page.Html;

/** What runs and what waits, a line each. */
final class QueueTables {
    /** Of a class that waits as a whole nobody reads the end. */
    private static final int SHOWN = 100;

    private static final List<String> RUNNING =
            List.of("Submission", "Who", "Lab", "Way", "Step", "At it for", "In all", "Worker");
    private static final List<String> WAITING = List.of("Position", "Submission", "Who", "Lab", "Way", "Waits for");

    private final Board board;
    private final Labels labels;

    QueueTables(Board board, Labels labels) {
        this.board = board;
        this.labels = labels;
    }

    Html running() {
        return Lines.table(
                RUNNING,
                board.queue().running().stream().map(this::row).toList(),
                board.queue().waiting().isEmpty() ? "Nothing runs and nothing waits." : "Nothing runs at the moment.");
    }

    private List<Html> row(Queued.Running one) {
        Grading grading = one.grading();
        return List.of(
                labels.submission(grading.submission()),
                labels.who(grading.owner()),
                Html.text(labels.lab(grading.lab())),
                way(grading),
                Html.text(grading.step().isEmpty() ? "between steps" : Labels.name(grading.step())),
                labels.since(one.since()),
                labels.since(grading.began() == null ? grading.asked() : grading.began()),
                tag("code", Labels.name(grading.worker())));
    }

    Html waiting() {
        List<Queued.Waiting> all = board.queue().waiting();
        Html table =
                Lines.table(WAITING, all.stream().limit(SHOWN).map(this::row).toList(), "Nothing waits.");
        return all.size() <= SHOWN
                ? table
                : Html.all(table, tag("p", css("meta"), "and " + (all.size() - SHOWN) + " more after them."));
    }

    private List<Html> row(Queued.Waiting one) {
        Grading grading = one.grading();
        return List.of(
                Html.text("" + one.position()),
                labels.submission(grading.submission()),
                labels.who(grading.owner()),
                Html.text(labels.lab(grading.lab())),
                way(grading),
                Html.all(labels.since(grading.asked()), tried(grading)));
    }

    private static Html way(Grading grading) {
        return switch (grading.way()) {
            case BATCH -> Html.text("class");
            case PUSH -> Html.text("push");
            case WEBHOOK -> Html.text("forge");
            case API -> Html.all("asked for by ", Labels.name(grading.by()));
        };
    }

    /** Why it waits again, where it was begun before. */
    private static Html tried(Grading grading) {
        return grading.code().isEmpty()
                ? Html.EMPTY
                : tag(
                        "small",
                        css("again"),
                        "tried before: " + grading.code() + ". " + Labels.sentence(grading.message()));
    }
}
