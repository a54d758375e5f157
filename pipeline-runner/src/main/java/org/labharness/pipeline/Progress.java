package org.labharness.pipeline;

import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.StageRun;

/** Hears what happens while a submission runs; called from several threads, must return at once. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = event -> {};

    void on(Event event);

    /**
     * All is known but what follows the changes that checks ask for. Returns when they may be made: whoever grades several at once may
     * let others go first, for a while.
     */
    default void beforeChanges() {}

    /** What can happen. */
    sealed interface Event {
        record StepStarted(Step step) implements Event {}

        record StepEnded(Step step, double seconds) implements Event {}

        /** @param pipeline folder of the pipeline, empty for the repository's root */
        record StageStarted(String pipeline, String stage) implements Event {}

        record StageEnded(StageRun stage) implements Event {}

        /** All is collected but what follows the changes that checks ask for, which come next. */
        record Provisional(Evidence evidence) implements Event {}

        /** A change is made now, and the pipeline run once more. */
        record Changing(String what) implements Event {}

        /** Something worth telling: an environment that is being built, say. */
        record Note(String text) implements Event {}
    }
}
