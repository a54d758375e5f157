package org.labharness.autograder.challenge;

import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.challenge.Challenge;

/** Who takes part: the roster says it, never a file or whoever hands one in. */
public final class Entrants {
    private Entrants() {}

    /** Whose entry it is that a student hands in. */
    public static Owner of(Challenge challenge, Student student) {
        return challenge.team() && student.team() != null
                ? new Owner.OfTeam(student.team())
                : new Owner.OfStudent(student.id());
    }
}
