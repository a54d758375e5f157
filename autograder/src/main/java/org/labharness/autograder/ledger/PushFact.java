package org.labharness.autograder.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;

/**
 * That somebody pushed.
 *
 * @param by the student who did; null where staff did
 * @param token the id of the token that was shown
 * @param arrived server time, before anything of it was read
 * @param code {@code accepted}, or why it was refused
 * @param submission what came of it; null where nothing did
 */
public record PushFact(
        LabId lab,
        Owner owner,
        @Nullable StudentId by,
        String token,
        Instant arrived,
        String code,
        @Nullable Long submission) {
    public static final String ACCEPTED = "accepted";
}
