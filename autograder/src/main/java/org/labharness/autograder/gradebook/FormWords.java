package org.labharness.autograder.gradebook;

import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.ledger.Mark;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;

/** What is said of the marks that people gave. */
final class FormWords {
    private final Form form;

    FormWords(Form form) {
        this.form = form;
    }

    /**
     * One sentence for each item that was marked; those that are open together in one.
     *
     * @param offered whether they are to be marked at all
     */
    List<String> lines(List<MarkedItem> items, boolean offered) {
        List<String> lines = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (MarkedItem marked : items) {
            if (!marked.marks().isEmpty()) {
                lines.add(title(marked.item()) + ": " + marks(marked) + ".");
            } else if (offered && marked.open()) {
                open.add(title(marked.item()) + " (" + marked.item().points() + ")");
            }
        }
        if (!open.isEmpty()) {
            lines.add("Not marked yet: " + Wording.list(open) + ".");
        }
        return lines;
    }

    private static String title(FormItem item) {
        return item.block().isEmpty() ? item.title() : item.block() + ": " + item.title();
    }

    private String marks(MarkedItem marked) {
        List<String> given = marked.marks().stream().map(FormWords::mark).toList();
        String of = " of " + marked.item().points() + (marked.item().bonus() ? " on top" : "");
        String made =
                marked.marks().size() == 1 ? "" : "; " + combined(marked) + " " + Wording.number(marked.points()) + of;
        String missing = marked.finished()
                ? ""
                : "; " + marked.marks().size() + " of " + form.graders() + " graders have marked it";
        boolean word = made.isEmpty()
                && form.graders() > 1
                && marked.marks().getFirst().chief()
                && marked.finished();
        return (made.isEmpty() ? given.getFirst().replaceFirst(" by ", of + " by ") : Wording.list(given))
                + (word ? ", the chief's word" : "")
                + made
                + missing
                + (marked.overfull()
                        ? "; the item gives " + marked.item().points()
                                + " at the most now, so staff have to mark it again"
                        : "");
    }

    private String combined(MarkedItem marked) {
        return switch (form.combine()) {
            case AVERAGE -> "the average is";
            case MEDIAN -> "the median is";
            case CHIEF ->
                marked.marks().stream().anyMatch(Mark::chief)
                        ? "the chief's word is"
                        : "until the chief's word the average is";
        };
    }

    private static String mark(Mark mark) {
        String comment = mark.comment().isEmpty() ? "" : " (“" + mark.comment() + "”)";
        return mark.points() + " by " + mark.grader() + comment;
    }
}
