package org.labharness.pipeline.sandbox;

import java.util.concurrent.CompletableFuture;

/** A command that was started. */
public interface Execution {
    /**
     * Completes when nothing of the container runs any more; what is left of it is removed beside that, at the latest when its space or
     * sandbox is closed. Exceptionally (SystemBroke) only when the engine failed.
     */
    CompletableFuture<ExecutionResult> result();

    /** Ends it now; its result still completes. */
    void kill();
}
