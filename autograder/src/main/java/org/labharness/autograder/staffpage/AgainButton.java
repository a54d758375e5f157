package org.labharness.autograder.staffpage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.lone;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.util.function.LongFunction;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.store.StaffStore.Work;

/** The button that has a submission run again, or why there is none. */
final class AgainButton {
    private final Board board;
    private final LongFunction<String> seal;

    AgainButton(Board board, LongFunction<String> seal) {
        this.board = board;
        this.seal = seal;
    }

    Html of(Work work) {
        if (board.queue().holds(work.submission())) {
            return tag("p", css("state"), "in the queue");
        }
        if (!work.kept()) {
            return tag("p", css("state"), "not kept, cannot run again");
        }
        String action = board.course().id() + "/again" + (board.still() ? "?still" : "");
        return tag(
                "form",
                with("method", "post").and("action", action),
                hidden("submission", "" + work.submission()),
                hidden("seal", seal.apply(work.submission())),
                tag(
                        "button",
                        with("type", "submit").and("aria-label", "Run submission " + work.submission() + " again"),
                        "Run again"));
    }

    private static Html hidden(String name, String value) {
        return lone("input", with("type", "hidden").and("name", name).and("value", value));
    }
}
