package org.labharness.autograder.ledger;

import java.util.Locale;

/** How a submission came to be graded. */
public enum Way {
    /** With its class. */
    BATCH,
    /** By a push to the harness's own Git endpoint. */
    PUSH,
    /** By a push to a forge, which told the harness. */
    WEBHOOK,
    /** By a program that asked for it. */
    API;

    /** As the database and answers show it: {@code push}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Way parse(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
