package org.labharness.autograder.queue;

import org.labharness.autograder.ledger.Grading;
import org.labharness.pipeline.Progress;

/** What happens to a grading. */
public sealed interface GradingEvent {
    /** A worker has taken it. */
    record Begun(Grading grading) implements GradingEvent {}

    /** It goes on, in this process. */
    record Progressed(Progress.Event event) implements GradingEvent {}

    /** It does something else now, in another process. */
    record Stepped(String step) implements GradingEvent {}

    /** It waits again, because it could not be brought to an end. */
    record Back(String code, String message) implements GradingEvent {}

    /** It is over: its message says in one line what became of it. */
    record Ended(Grading grading) implements GradingEvent {}
}
