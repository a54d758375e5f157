package org.labharness.lab;

import org.jspecify.annotations.Nullable;

/**
 * One item of a lab's rubric.
 *
 * @param bonus whether its points come on top of the lab's total
 * @param hint the lab's own advice, shown instead of the harness's where points were lost; null: the harness's
 */
public record Check(
        CheckId id,
        String title,
        Points points,
        CheckSpec spec,
        @Nullable String hint,
        boolean bonus) {
    /** A check that is part of the lab's total. */
    public Check(CheckId id, String title, Points points, CheckSpec spec, @Nullable String hint) {
        this(id, title, points, spec, hint, false);
    }
}
