package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a challenge ended for somebody.
 *
 * @param of how many took part; null where others than those of the course did
 * @param score the exact private score; null where only ranks are known
 * @param where it comes from, as the end of a sentence; empty where nothing more is known
 */
public record Outcome(
        int rank, @Nullable Integer of, @Nullable BigDecimal score, String where) {}
