package org.labharness.autograder.enrolment;

/** Names as they are written in tables. */
final class FullName {
    private FullName() {}

    /** {@code Lovelace, Ada} becomes {@code Ada Lovelace}; anything else stays. */
    static String lastFirst(String name) {
        int comma = name.indexOf(',');
        return comma < 0
                ? name.strip()
                : (name.substring(comma + 1).strip() + " "
                                + name.substring(0, comma).strip())
                        .strip();
    }
}
