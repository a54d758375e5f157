package org.labharness.autograder.challenge;

/**
 * Why predictions were not taken. It uses up nothing.
 *
 * @param message for whoever handed them in
 */
public record Refused(Code code, String message) {
    /** The kinds of refusal. */
    public enum Code {
        NOT_OPEN("not-open"),
        CLOSED("challenge-closed"),
        MALFORMED("malformed-predictions"),
        SAME("same-predictions"),
        DAY_LIMIT("limit-of-the-day"),
        WHOLE_LIMIT("limit-in-all");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
