package org.labharness.autograder.archive;

import java.time.Instant;

/**
 * One file that is kept.
 *
 * @param digest SHA-256 (hex) of what is in it
 * @param bytes on disk
 * @param since when it was last put there
 */
public record Kept(Kind kind, String digest, long bytes, Instant since) {}
