package org.labharness.autograder.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;

/**
 * A decision of a person about one lab of one student, above what rules say.
 *
 * @param value points for {@link Kind#SET}, a difference for {@link Kind#ADD}, a factor for {@link Kind#FACTOR}; else null
 * @param takenBack when and by whom it was taken back; null while it holds
 */
public record GradeOverride(
        long id,
        StudentId student,
        LabId lab,
        Kind kind,
        @Nullable BigDecimal value,
        String by,
        String why,
        Instant at,
        @Nullable TakenBack takenBack) {
    /** What is decided. */
    public enum Kind {
        /** These points, whatever else was found. */
        SET,
        /** So many more, or fewer where negative. */
        ADD,
        /** The part that a team shares, times this factor. */
        FACTOR,
        /** The lab does not count for this student. */
        EXCUSE,
        /** Nothing of this student was late. */
        IN_TIME,
        /** Nothing is decided: words for the explanation. */
        COMMENT
    }

    /** That it does not hold any more. */
    public record TakenBack(String by, String why, Instant at) {}

    public boolean holds() {
        return takenBack == null;
    }
}
