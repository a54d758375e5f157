package org.labharness.autograder.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.LabId;

/**
 * That nothing could be taken of somebody's repository when it was read for a lab, or of a push that a forge told of.
 *
 * @param at when it was read, or when the forge told of the push; server time
 * @param commit that was pushed; null where the repository was read without being told of a push
 * @param excuses whether that may be no fault of the student's: a network, a login, a wrong line of the roster
 * @param message what was seen; may be empty
 * @param taken the last moment at which what was there is known to have been taken; null: there is none
 */
public record NotTaken(
        LabId lab,
        Owner owner,
        Instant at,
        @Nullable String commit,
        boolean excuses,
        String message,
        @Nullable Instant taken) {

    /**
     * Whether it still matters. Of a repository that is read at its deadline and once more later, one time is enough; of a push, that
     * something was taken after it.
     *
     * @param due the student's deadline; null: there is none
     */
    public boolean stands(@Nullable Instant due) {
        boolean afterDeadline = commit == null && due != null && due.isBefore(at);
        return taken == null || taken.isBefore(afterDeadline ? due : at);
    }
}
