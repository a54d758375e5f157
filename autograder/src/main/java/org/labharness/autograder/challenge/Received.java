package org.labharness.autograder.challenge;

import java.time.Instant;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;

/**
 * A file that somebody hands in.
 *
 * @param at server time, taken before anything was looked at
 * @param file the name that it came under, fit to be shown
 * @param digest of its bytes
 */
public record Received(Owner owner, StudentId by, Instant at, String file, String digest) {}
