package org.labharness.autograder.gradebook;

import org.jspecify.annotations.Nullable;

/**
 * What a total means for a student.
 *
 * @param letter null where the course gives none, or the total is not final
 * @param rank null where the course gives none, or the total is not final
 */
public record Standing(
        Outcome outcome, @Nullable String letter, @Nullable Long rank) {
    /** How far a grade is. */
    public enum Outcome {
        OPEN("open"),
        WAITS("waits for staff"),
        PASSED("passed"),
        NOT_PASSED("not passed"),
        /** The student takes part without a grade. */
        AUDITS("audits"),
        /** Of a course without a pass mark. */
        FINAL("final");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
