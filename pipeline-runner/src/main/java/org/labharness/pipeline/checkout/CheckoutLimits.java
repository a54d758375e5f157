package org.labharness.pipeline.checkout;

import java.time.Duration;
import org.labharness.lab.Memory;

/**
 * How large a repository may be. Passing one refuses the submission with the value seen.
 *
 * @param pack bytes received, compressed
 * @param objects commits, trees, tags and file versions received
 * @param blob the largest single object, inflated
 * @param inflated all objects together, inflated
 * @param tree the files of the graded commit together
 * @param files the number of files of the graded commit
 * @param refs branches, tags and experiments
 * @param time for fetching and writing together
 */
public record CheckoutLimits(
        Memory pack, int objects, Memory blob, Memory inflated, Memory tree, int files, int refs, Duration time) {
    public static final CheckoutLimits DEFAULT = new CheckoutLimits(
            Memory.mebibytes(500),
            200_000,
            Memory.mebibytes(100),
            Memory.mebibytes(4096),
            Memory.mebibytes(1024),
            50_000,
            10_000,
            Duration.ofMinutes(3));

    public CheckoutLimits {
        if (objects < 1 || files < 1 || refs < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("limits of a checkout are positive");
        }
    }

    /** The same with another time. */
    CheckoutLimits within(Duration other) {
        return new CheckoutLimits(pack, objects, blob, inflated, tree, files, refs, other);
    }
}
