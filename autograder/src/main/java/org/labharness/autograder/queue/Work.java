package org.labharness.autograder.queue;

import java.time.Duration;
import java.util.function.Supplier;
import org.labharness.autograder.ledger.Grading;
import org.labharness.pipeline.Progress;

/** What is done about one grading; called from several threads at once. */
public interface Work {
    /** What it needs of the machine while it runs. */
    Need need(Grading grading);

    /**
     * Grades and notes what became of it. Called again for the same grading where it was ended in the middle, by this or by another
     * process: what was noted already is not done again.
     */
    Result perform(Grading grading, Watch watch);

    /** Hears how a grading goes on, and interrupts it where it does not. Called by the thread that performs it, and by others. */
    interface Watch extends Progress {
        /**
         * Does what may be interrupted; called by the thread that performs the grading. Only here is it ever interrupted, for whatever an
         * interrupted thread asks of a database fails. No interrupt outlasts this.
         */
        <T> T interruptibly(Supplier<T> work);
    }

    /** How it ended. */
    sealed interface Result {
        /**
         * It is over.
         *
         * @param code what broke, as {@code Breakdown} calls it; empty where nothing did
         * @param words what became of it, in one line
         */
        record Over(String code, String words) implements Result {}

        /** It could not be brought to an end, and may be on another try. */
        record Again(Duration after, String code, String message) implements Result {}

        /** Nothing could be graded now, neither this nor another. */
        record Pause(String code, String message) implements Result {}
    }
}
