package org.labharness.pipeline.evidence;

/**
 * A limit that was hit.
 *
 * @param limit the limit as people read it: {@code 2GiB}, {@code 600 s}
 * @param seen the value seen, in the same form
 */
public record LimitHit(Name name, String limit, String seen) {
    /** The limits. */
    public enum Name {
        TIME,
        /** A command that waited without computing. */
        IDLE,
        MEMORY,
        DISK,
        PROCESSES,
        OUTPUT
    }
}
