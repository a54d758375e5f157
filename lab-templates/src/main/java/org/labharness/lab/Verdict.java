package org.labharness.lab;

import org.jspecify.annotations.Nullable;

/**
 * What a check says of a submission.
 *
 * @param of the check's points, or zero where it was set aside
 * @param untestable present exactly where {@code support} is UNTESTABLE
 * @param message why these points: what was seen and what was expected, naming file and value
 * @param hint what to do about lost points; empty where none were lost
 * @param where the place to look at, or null
 * @param bonus whether its points come on top of the lab's total
 */
public record Verdict(
        CheckId id,
        String title,
        Points points,
        Points of,
        Support support,
        @Nullable Untestable untestable,
        String message,
        String hint,
        @Nullable Place where,
        boolean bonus) {
    public Verdict {
        if (points.compareTo(of) > 0) {
            throw new IllegalArgumentException("check " + id + " earned " + points + " of " + of);
        }
        if ((support == Support.UNTESTABLE) != (untestable != null)) {
            throw new IllegalArgumentException("check " + id + " is " + support + " with reason " + untestable);
        }
    }

    /** The verdict on a check that is part of the lab's total. */
    public Verdict(
            CheckId id,
            String title,
            Points points,
            Points of,
            Support support,
            @Nullable Untestable untestable,
            String message,
            String hint,
            @Nullable Place where) {
        this(id, title, points, of, support, untestable, message, hint, where, false);
    }

    public boolean full() {
        return points.compareTo(of) == 0;
    }
}
