package org.labharness.lab;

import java.util.List;
import java.util.Optional;

/**
 * What people, not checks, give points for: a viva, a demonstration, attendance.
 *
 * @param graders how many must have marked an item before it is finished, at least 1
 * @param combine what several marks of an item make together
 */
public record Form(int graders, Combine combine, List<FormItem> items) {
    /** Of a lab that checks decide alone. */
    public static final Form NONE = new Form(1, Combine.AVERAGE, List.of());

    public Form {
        items = List.copyOf(items);
    }

    /** How the marks of several graders become one. */
    public enum Combine {
        AVERAGE,
        MEDIAN,
        /** The chief's, where the chief has marked the item; else the average. */
        CHIEF
    }

    /** What can be earned without bonus. */
    public Points points() {
        return items.stream()
                .filter(item -> !item.bonus())
                .map(FormItem::points)
                .reduce(Points.ZERO, Points::plus);
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    public Optional<FormItem> item(String id) {
        return items.stream().filter(item -> item.id().equals(id)).findFirst();
    }
}
