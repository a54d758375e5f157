package org.labharness.pipeline.sandbox;

import java.util.concurrent.CompletableFuture;

/** A command that was started. */
public interface Execution {
    /** Completes when the container has ended and is removed; exceptionally (SystemBroke) only when the engine failed. */
    CompletableFuture<ExecutionResult> result();

    /** Ends it now; its result still completes. */
    void kill();
}
