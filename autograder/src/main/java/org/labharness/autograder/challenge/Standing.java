package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.time.Instant;
import org.labharness.autograder.ledger.Owner;

/**
 * Where somebody stands in public.
 *
 * @param rank the same for the same shown score
 * @param best the entry whose shown score is best, the earliest of equals
 * @param shown its ranking score as it is told, rounded
 * @param entries how many were taken
 * @param last when the last one was
 */
public record Standing(int rank, Owner owner, Entry best, BigDecimal shown, int entries, Instant last) {}
