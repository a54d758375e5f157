package org.labharness.lab;

import org.jspecify.annotations.Nullable;

/**
 * One item of a lab's rubric.
 *
 * @param hint the lab's own advice, shown instead of the harness's where points were lost; null: the harness's
 */
public record Check(
        CheckId id,
        String title,
        Points points,
        CheckSpec spec,
        @Nullable String hint) {}
