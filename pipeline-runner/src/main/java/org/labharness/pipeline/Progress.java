package org.labharness.pipeline;

import java.util.function.Consumer;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.sandbox.Sign;

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

    /** What containers of the submission do, and those in which something is made for it; far too often to be worth telling. */
    default void heard(Sign sign) {}

    /** Who cares for nothing but signs of work. */
    static Progress onlyHeard(Consumer<Sign> heard) {
        return new Progress() {
            @Override
            public void on(Event event) {
                // not told
            }

            @Override
            public void heard(Sign sign) {
                heard.accept(sign);
            }
        };
    }

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

        /** @param cached whether the environment was there already; else it is built now */
        record EnvironmentFound(boolean cached) implements Event {}

        /** Something worth telling: an environment that is being built, say. */
        record Note(String text) implements Event {}
    }
}
