package org.labharness.autograder.ledger;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/**
 * That somebody asked for a submission to be graded, and how far it has come.
 *
 * @param submission its number
 * @param by who asked
 * @param why in a few words; may be empty
 * @param anew whether it is to run again though a run of the same is there already
 * @param priority higher ones come first
 * @param tries how often it was begun and could not be brought to an end
 * @param began when it was begun last; null before
 * @param ended null while it is not over
 * @param worker who has it, or had it last; empty before
 * @param step what it is doing, in words; empty where it does nothing
 * @param code why it is not over yet, or what broke, as {@code Breakdown} calls it; empty where nothing did
 * @param message the same in words
 */
public record Grading(
        long id,
        long submission,
        CourseId course,
        LabId lab,
        Owner owner,
        Way way,
        String by,
        String why,
        boolean anew,
        int priority,
        State state,
        int tries,
        Instant asked,
        @Nullable Instant began,
        @Nullable Instant ended,
        String worker,
        String step,
        String code,
        String message) {
    /** Where it stands. */
    public enum State {
        WAITING,
        RUNNING,
        /** It is over; its run says how. */
        DONE,
        /** A newer submission of the same came before it was begun. */
        SUPERSEDED,
        CANCELLED;

        /** As the database and answers show it: {@code waiting}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State parse(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether nothing more comes of it. */
    public boolean over() {
        return state != State.WAITING && state != State.RUNNING;
    }
}
