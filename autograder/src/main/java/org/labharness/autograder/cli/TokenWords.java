package org.labharness.autograder.cli;

import java.time.Instant;
import org.labharness.autograder.token.AccessToken;
import org.labharness.lab.course.CourseClock;

/** What is said of tokens. */
final class TokenWords {
    private TokenWords() {}

    /** {@code CS21B001}, {@code staff}, {@code ci of CS21B001}. */
    static String holder(AccessToken token) {
        String student = token.student() == null ? "" : token.student().value();
        return switch (token.scope()) {
            case STUDENT -> student;
            case STAFF -> "staff";
            case CI -> student.isEmpty() ? "ci" : "ci of " + student;
        };
    }

    /** {@code until 2026-12-31 00:00 UTC}. */
    static String until(AccessToken token, CourseClock clock) {
        return token.expires() == null ? "until it is revoked" : "until " + clock.moment(token.expires());
    }

    /** Whether it is good, and if not why. */
    static String state(AccessToken token, boolean leaver, Instant now, CourseClock clock) {
        if (token.revoked() != null) {
            return "revoked " + clock.time(token.revoked());
        }
        if (!token.good(now)) {
            return "expired";
        }
        if (leaver) {
            return "not good: is gone from the roster";
        }
        return "good " + until(token, clock);
    }
}
