package org.labharness.autograder.ledger;

import java.time.Instant;
import org.labharness.lab.LabId;

/**
 * That somebody's repository was read for a lab, whatever came of it.
 *
 * @param at when it was read last; server time
 */
public record Look(LabId lab, Owner owner, Instant at) {}
