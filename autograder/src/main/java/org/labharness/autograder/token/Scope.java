package org.labharness.autograder.token;

import java.util.Locale;

/** What a token is good for. */
public enum Scope {
    /** One student's own work: pushing, handing in, reading what became of it. */
    STUDENT,
    /** The work of everybody in the course. */
    STAFF,
    /** Handing in for a pipeline and waiting for the verdict; no repository. */
    CI;

    /** As it is typed and kept: {@code staff}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if a word is none */
    public static Scope parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
