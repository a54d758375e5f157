package org.labharness.pipeline.sandbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** A command that was started. */
public interface Execution {
    /**
     * Completes when nothing of the container runs any more; what is left of it is removed beside that, at the latest when its space or
     * sandbox is closed. Exceptionally (SystemBroke) only when the engine failed.
     */
    CompletableFuture<ExecutionResult> result();

    /** Ends it now; its result still completes. */
    void kill();

    /**
     * Waits for the result.
     *
     * @param longest the container's own cap; a minute later it is given up and ended
     * @param what begins the sentence where it is not to be had, {@code The build of an environment}
     * @throws SystemBroke where the engine fails, or this thread is interrupted, which ends it too
     */
    default ExecutionResult await(Duration longest, String what) {
        try {
            return result().get(longest.plusMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, what + " was interrupted.", e);
        } catch (TimeoutException e) {
            kill();
            throw new SystemBroke(Breakdown.TIMED_OUT, what + " outlived its " + longest.toSeconds() + " s.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SystemBroke broke
                    ? broke
                    : new SystemBroke(Breakdown.ENGINE_FAILED, what + " was lost: " + e.getCause(), e);
        }
    }
}
