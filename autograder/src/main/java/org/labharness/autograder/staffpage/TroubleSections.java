package org.labharness.autograder.staffpage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.forge.ForgeTroubles;
import org.labharness.autograder.forge.ForgeTroubles.Trouble;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.store.StaffStore;
import org.labharness.autograder.store.StaffStore.Failure;
import org.labharness.autograder.store.StaffStore.Held;
import org.labharness.autograder.store.StaffStore.Untimed;
import org.labharness.autograder.store.StaffStore.Work;

/** What somebody has to look at, a card each. */
final class TroubleSections {
    private static final int REASONS = 3;
    private static final int COMMIT = 10;

    private final Board board;
    private final Labels labels;
    private final AgainButton again;

    TroubleSections(Board board, Labels labels, AgainButton again) {
        this.board = board;
        this.labels = labels;
        this.again = again;
    }

    /** By kind: those of the harness before those of students, larger kinds first. */
    Html failures() {
        if (board.failures().isEmpty()) {
            return none("Nothing failed and nothing was refused.");
        }
        record Kind(boolean refused, String code) {}
        Map<Kind, List<Failure>> kinds = new LinkedHashMap<>();
        board.failures()
                .forEach(one -> kinds.computeIfAbsent(new Kind(one.refused(), one.code()), any -> new ArrayList<>())
                        .add(one));
        List<Html> parts = kinds.entrySet().stream()
                .sorted(Map.Entry.<Kind, List<Failure>>comparingByKey(
                                (a, b) -> Boolean.compare(a.refused(), b.refused()))
                        .thenComparingInt(kind -> -kind.getValue().size()))
                .map(kind -> tag(
                        "div",
                        css("kind " + (kind.getKey().refused() ? "part" : "none")),
                        tag(
                                "h3",
                                tag("span", css("chip"), kind.getKey().code()),
                                " " + kind.getValue().size()
                                        + (kind.getKey().refused() ? ", refused" : ", the harness's own matter")),
                        tag(
                                "ul",
                                css("cards"),
                                kind.getValue().stream().map(this::card).toArray())))
                .toList();
        return Html.all(Html.all(parts), cut(board.failures().size()));
    }

    private Html card(Failure one) {
        return card(
                one.work(),
                Html.all(labels.since(one.at()), " ago"),
                List.of(Labels.sentence(one.message())),
                one.graded() ? tag("p", css("state good"), "graded since") : again.of(one.work()));
    }

    Html held() {
        if (board.held().isEmpty()) {
            return none("Nothing is held.");
        }
        return Html.all(
                tag(
                        "p",
                        css("meta"),
                        "Checks of these could not be tested for a reason that is the harness's. Their points are provisional,"
                                + " and no point is lost for it. Run them again when the reason is gone."),
                tag("ul", css("cards"), board.held().stream().map(this::card).toArray()),
                cut(board.held().size()));
    }

    private Html card(Held one) {
        List<String> why = new ArrayList<>(
                one.why().stream().limit(REASONS).map(Labels::sentence).toList());
        if (one.why().size() > REASONS) {
            why.add("and " + (one.why().size() - REASONS) + " more checks");
        }
        return card(
                one.work(),
                Html.all(one.points(), " of ", one.of(), " so far, ", labels.since(one.at()), " ago"),
                why,
                again.of(one.work()));
    }

    Html untimed() {
        if (board.untimed().isEmpty()) {
            return none("Of every submission that matters it is known when it was received.");
        }
        return Html.all(
                tag(
                        "p",
                        css("meta"),
                        "First seen after the deadline, or found before it was moved to an earlier time, with no push that says when"
                                + " they came. The gradebook lists them as undecided; ",
                        tag("code", "./lab override STUDENT LAB --in-time --why \"...\""),
                        " counts one, ",
                        tag("code", "--set"),
                        " gives the points of one that was late."),
                tag("ul", css("cards"), board.untimed().stream().map(this::card).toArray()),
                cut(board.untimed().size()));
    }

    private Html card(Untimed one) {
        return card(
                one.work(),
                one.received() == null
                        ? Html.all("first seen ", labels.time(one.noted()))
                        : Html.all("received not later than ", labels.time(one.received())),
                List.of(Labels.name(one.ref()) + " at "
                        + one.commit()
                                .substring(0, Math.min(COMMIT, one.commit().length()))),
                Html.EMPTY);
    }

    Html unread() {
        return Html.all(
                tag(
                        "p",
                        css("meta"),
                        "For a reason that may be no fault of the student's: where nothing else came, the lab waits in the"
                                + " gradebook after its deadline, and no point is lost for it. ",
                        tag("code", "./lab collect --lab LAB"),
                        " reads them once more; ",
                        tag("code", "./lab override STUDENT LAB --set 0 --why \"...\""),
                        " decides that there is nothing."),
                tag("ul", css("cards"), board.unread().stream().map(this::card).toArray()),
                cut(board.unread().size()));
    }

    private Html card(NotTaken one) {
        return card(
                Html.all(
                        labels.who(one.owner()),
                        " · " + labels.lab(one.lab()) + " ",
                        tag("span", css("meta"), "tried ", labels.time(one.at()))),
                List.of(Labels.sentence(one.message())),
                Html.EMPTY);
    }

    /** In the words of {@code ./lab status}. */
    Html forges() {
        return Html.all(board.forges().stream()
                .map(kind -> tag(
                        "div",
                        css("kind"),
                        tag("h3", kind.title()),
                        tag(
                                "ul",
                                css("cards"),
                                kind.troubles().stream().map(this::card).toArray()),
                        cut(kind.troubles().size(), ForgeTroubles.MOST)))
                .toArray());
    }

    private Html card(Trouble one) {
        return card(Html.all(labels.who(one.owner()), " · " + labels.lab(one.lab())), List.of(one.words()), Html.EMPTY);
    }

    private Html card(Work work, Html when, List<String> sentences, Html action) {
        return card(
                Html.all(
                        tag("b", labels.submission(work.submission())),
                        " ",
                        labels.who(work.owner()),
                        " · " + labels.lab(work.lab()) + " ",
                        tag("span", css("meta"), when)),
                sentences,
                action);
    }

    private static Html card(Html head, List<String> sentences, Html action) {
        return tag(
                "li",
                tag(
                        "div",
                        tag("p", head),
                        Html.all(sentences.stream()
                                .filter(text -> !text.isEmpty())
                                .map(text -> tag("p", css("said"), text))
                                .toArray())),
                action);
    }

    private static Html none(String words) {
        return tag("p", css("meta"), words);
    }

    private static Html cut(int size) {
        return cut(size, StaffStore.MOST);
    }

    private static Html cut(int size, int most) {
        return size < most ? Html.EMPTY : none("The newest " + most + " are shown.");
    }
}
