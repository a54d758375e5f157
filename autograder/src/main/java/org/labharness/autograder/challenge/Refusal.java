package org.labharness.autograder.challenge;

import java.time.Instant;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;

/** Something that was not taken, for staff. */
public record Refusal(Owner owner, StudentId by, Instant received, String file, String code, String message) {}
