package org.labharness.autograder.staffpage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.labharness.autograder.course.CourseChange;
import org.labharness.autograder.forge.ForgeTroubles;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.StaffStore;

/** The page itself: no script, and nothing from elsewhere. */
public final class StaffPage {
    private static final String STYLE = Page.style("staff.css");
    private static final int EVERY = 30;
    /** What is counted whole. */
    private static final Set<String> LIVE = Set.of("runs", "waits");

    private final Board board;
    private final Labels labels;
    private final AgainButton again;
    private final TroubleSections troubles;

    private StaffPage(Board board, Labels labels, AgainButton again) {
        this.board = board;
        this.labels = labels;
        this.again = again;
        this.troubles = new TroubleSections(board, labels, again);
    }

    /**
     * Written so that all its own addresses are relative to {@code .../staff/COURSE}.
     *
     * @param report address of a submission's report
     * @param seal what the form that runs a submission again carries
     */
    public static String of(Board board, LongFunction<String> report, LongFunction<String> seal) {
        Labels labels = new Labels(board, report);
        StaffPage page = new StaffPage(board, labels, new AgainButton(board, seal));
        String title = "Staff · " + board.course().title();
        Html body = tag("main", css("staff"), page.parts().toArray());
        return board.still() ? Page.of(title, STYLE, body) : Page.refreshed(title, STYLE, EVERY, body);
    }

    private List<Html> parts() {
        List<Html> parts = new ArrayList<>(List.of(header(), tiles()));
        board.stop().ifPresent(stop -> parts.add(standstill(stop)));
        board.edit().ifPresent(edit -> parts.add(edit(edit)));
        parts.add(section("runs", "Runs now", new QueueTables(board, labels).running()));
        parts.add(section("waits", "Waits", new QueueTables(board, labels).waiting()));
        parts.add(section("failed", "Came to no points in the last 24 hours", troubles.failures()));
        parts.add(section("held", "Held: could not be tested here", troubles.held()));
        parts.add(section("untimed", "Without a trusted time", troubles.untimed()));
        if (!board.unread().isEmpty()) {
            parts.add(section("unread", "Repositories that could not be read", troubles.unread()));
        }
        if (!board.forges().isEmpty()) {
            parts.add(section("forges", "Came to nothing between forges and here", troubles.forges()));
        }
        parts.add(section("graded", "Graded in the last 24 hours", new GradedTable(board, labels, again).of()));
        return parts;
    }

    static Html section(String id, String title, Html content) {
        return tag("section", with("id", id), tag("h2", title), content);
    }

    private Html header() {
        String course = board.course().id().value();
        return tag(
                "header",
                tag("p", css("lab"), "For staff"),
                tag("h1", board.course().title()),
                tag(
                        "p",
                        css("meta"),
                        tag("code", course),
                        " as of " + labels.moment(board.now()) + ". ",
                        board.still()
                                ? Html.all("It stays as it is: ", tag("a", with("href", course), "keep it up to date"))
                                : Html.all(
                                        "It loads itself anew every " + EVERY + " s: ",
                                        tag("a", with("href", "?still"), "keep it still"))));
    }

    private Html tiles() {
        List<Html> tiles = new ArrayList<>(List.of(
                tile("runs", board.queue().running().size(), "run", ""),
                tile("waits", board.queue().waiting().size(), "wait", ""),
                tile("failed", unsettled(), "no points, 24 h", "bad"),
                tile("held", board.held().size(), "held", "mid"),
                tile("untimed", board.untimed().size(), "without a time", "mid")));
        if (!board.unread().isEmpty()) {
            tiles.add(tile("unread", board.unread().size(), "not read", "mid"));
        }
        if (!board.forges().isEmpty()) {
            tiles.add(forges());
        }
        tiles.add(tile("graded", board.graded().size(), "graded, 24 h", ""));
        return tag("nav", css("tiles").and("aria-label", "What is where"), tiles.toArray());
    }

    private Html forges() {
        int all =
                board.forges().stream().mapToInt(kind -> kind.troubles().size()).sum();
        boolean cut = board.forges().stream().anyMatch(kind -> kind.troubles().size() >= ForgeTroubles.MOST);
        return tile("forges", all, cut, "forges, 7 days", "mid");
    }

    /** Those that were graded since are shown, but nobody has to look at them. */
    private int unsettled() {
        return (int) board.failures().stream().filter(one -> !one.graded()).count();
    }

    private static Html tile(String section, int count, String words, String alarm) {
        return tile(section, count, !LIVE.contains(section) && count >= StaffStore.MOST, words, alarm);
    }

    /** @param cut whether there may be more */
    private static Html tile(String section, int count, boolean cut, String words, String alarm) {
        return tag(
                "a",
                css("tile" + (count == 0 || alarm.isEmpty() ? "" : " is-" + alarm))
                        .and("href", "#" + section),
                tag("b", count + (cut ? "+" : "")),
                words);
    }

    private Html edit(CourseChange.Refused edit) {
        return tag(
                "section",
                css("notice"),
                tag("h2", "An edit of the course cannot be used"),
                tag("pre", edit.why()),
                tag(
                        "p",
                        css("meta"),
                        "Since " + labels.moment(edit.since())
                                + " the server goes on by what it read before: deadlines, labs, attempts, what late work costs."
                                + " As soon as the files can be used it goes by them."));
    }

    private static Html standstill(Worker.Stop stop) {
        return tag(
                "section",
                css("notice"),
                tag("h2", "Nothing is being graded"),
                tag("p", tag("code", stop.code()), " ", Labels.sentence(stop.message())),
                tag(
                        "p",
                        css("meta"),
                        "For " + Labels.span(stop.lasts()) + " now; "
                                + (stop.again().isNegative()
                                        ? "it is being tried again."
                                        : "it is tried again in " + Labels.span(stop.again()) + ".")
                                + " What waits keeps its place, and no try counts against anybody."));
    }
}
