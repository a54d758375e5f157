package org.labharness.autograder.check;

import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;

/**
 * Why points were lost and what to do about it.
 *
 * @param cause for what kept the pipeline from running: the same, short, as it stands after "because"; else empty
 */
record Sentence(String message, String hint, @Nullable Place where, String cause) {
    static Sentence of(String message, String hint) {
        return new Sentence(message, hint, null, "");
    }

    static Sentence at(@Nullable Place where, String message, String hint) {
        return new Sentence(message, hint, where, "");
    }

    Sentence causing(String clause) {
        return new Sentence(message, hint, where, clause);
    }

    /** These words after others. */
    Sentence after(String first) {
        return new Sentence(first + " " + message, hint, where, cause);
    }
}
