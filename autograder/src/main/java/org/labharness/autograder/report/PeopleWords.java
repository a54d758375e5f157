package org.labharness.autograder.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;
import org.labharness.lab.Points;

/** What of a lab's points people give, in words: a student must not take them for lost. */
final class PeopleWords {
    private PeopleWords() {}

    /**
     * One or two sentences; empty where checks decide alone.
     *
     * @param machine what all checks of the lab are worth
     */
    static String of(Form form, Points machine) {
        List<String> sentences = new ArrayList<>();
        Points given = form.points();
        if (!given.isZero()) {
            sentences.add(given + " of the " + machine.plus(given) + " points of this lab "
                    + (given.equals(Points.of(1)) ? "is" : "are") + " given by people: "
                    + blocks(form, item -> !item.bonus()) + ".");
        }
        if (form.items().stream().anyMatch(FormItem::bonus)) {
            sentences.add((sentences.isEmpty() ? "People" : "They") + " may give more on top: "
                    + blocks(form, FormItem::bonus) + ".");
        }
        return String.join(" ", sentences);
    }

    /** {@code Demonstration 9.5, Viva 8 (each of a team by themselves)}. */
    private static String blocks(Form form, Predicate<FormItem> which) {
        Map<String, Points> sums = new LinkedHashMap<>();
        form.items().stream().filter(which).forEach(item -> sums.merge(heading(item), item.points(), Points::plus));
        return String.join(
                ", ",
                sums.entrySet().stream()
                        .map(block -> block.getKey() + " " + block.getValue() + whose(form, block.getKey()))
                        .toList());
    }

    private static String heading(FormItem item) {
        return item.block().isEmpty() ? item.title() : item.block();
    }

    private static String whose(Form form, String heading) {
        return form.items().stream()
                        .filter(item -> heading(item).equals(heading))
                        .allMatch(FormItem::personal)
                ? " (each of a team by themselves)"
                : "";
    }

    /** {@code 5.5}, or {@code up to 2 on top}. */
    static String worth(FormItem item) {
        return item.bonus()
                ? "up to " + item.points() + " on top"
                : item.points().toString();
    }
}
