package org.labharness.autograder.challenge;

import java.time.Instant;

/**
 * An entry that counts against the limits of a later one.
 *
 * @param predictions digest of what was predicted
 * @param own whether it is of the same owner, and not only of the same person
 */
public record Earlier(long id, Instant at, String predictions, boolean own) {}
