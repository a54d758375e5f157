package org.labharness.autograder.check;

import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;

/** Why points were lost and what to do about it. */
record Sentence(String message, String hint, @Nullable Place where) {
    static Sentence of(String message, String hint) {
        return new Sentence(message, hint, null);
    }

    static Sentence at(@Nullable Place where, String message, String hint) {
        return new Sentence(message, hint, where);
    }

    /** These words after others. */
    Sentence after(String first) {
        return new Sentence(first + " " + message, hint, where);
    }
}
