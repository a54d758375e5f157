package org.labharness.autograder.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.course.CourseId;

/**
 * What is known of a token that was issued; its secret is not.
 *
 * @param id names it, and is no secret
 * @param student whose work it is for; null where it is for nobody's in particular
 * @param remark what it is for, in a few words; may be empty
 * @param by who issued it
 * @param expires the first moment at which it is good no more; null: never
 * @param revoked since when it is good no more, by decision; null: it is not revoked
 * @param used when it was last used, to the hour; null: never
 */
public record AccessToken(
        String id,
        CourseId course,
        @Nullable StudentId student,
        Scope scope,
        String remark,
        String by,
        Instant issued,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        @Nullable Instant used) {
    public AccessToken {
        if (scope == Scope.STUDENT && student == null) {
            throw new IllegalArgumentException("a student's token is for a student");
        }
        if (scope == Scope.STAFF && student != null) {
            throw new IllegalArgumentException("a token of staff is for no student in particular");
        }
    }

    /** Whether it is good at a moment, as far as it says itself: whether its student still takes the course the roster says. */
    public boolean good(Instant moment) {
        return revoked == null && (expires == null || moment.isBefore(expires));
    }
}
