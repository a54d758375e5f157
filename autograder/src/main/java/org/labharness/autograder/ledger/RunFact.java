package org.labharness.autograder.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a submission was run. The same submission, digest, images and generation are one run.
 *
 * @param digest over what was to be run: commands, limits, environment, inputs, hidden data
 * @param images digest over the images that ran it
 * @param generation 1, or one more each time that somebody asked for another run of the same
 * @param code why it was refused or broke; empty where it was graded
 * @param message the same in words
 * @param evidence digest of what it left; null where it left none
 * @param requests what was collected, each request once, sorted
 */
public record RunFact(
        String digest,
        String images,
        int generation,
        End end,
        String code,
        String message,
        @Nullable String evidence,
        List<String> requests,
        Instant ended) {
    public RunFact {
        requests = List.copyOf(requests);
    }

    /** How a run ended. */
    public enum End {
        GRADED,
        REFUSED,
        BROKEN
    }
}
