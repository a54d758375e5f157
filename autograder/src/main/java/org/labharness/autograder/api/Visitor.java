package org.labharness.autograder.api;

import java.time.Instant;
import org.labharness.autograder.course.ServedCourse;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;

/**
 * Whoever asks.
 *
 * @param token which they showed
 * @param arrived server time, before anything of the request's body was read
 */
record Visitor(AccessToken token, ServedCourse served, Instant arrived) {
    boolean staff() {
        return token.scope() == Scope.STAFF;
    }

    /** In words, as it is noted. */
    String who() {
        return switch (token.scope()) {
            case STUDENT -> String.valueOf(token.student());
            case STAFF -> "staff (token " + token.id() + ")";
            case CI -> "a pipeline (token " + token.id() + ")";
        };
    }
}
