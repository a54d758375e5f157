package org.labharness.pipeline.probe;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;

/** Waits for containers around models. */
public final class Awaited {
    private static final Duration GRACE = Duration.ofMinutes(1);

    private Awaited() {}

    /** @throws SystemBroke where the engine fails, or this thread is interrupted */
    public static ExecutionResult result(Execution execution, Duration longest) {
        try {
            return execution.result().get(longest.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            execution.kill();
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The evaluation of a model was interrupted", e);
        } catch (TimeoutException e) {
            execution.kill();
            throw new SystemBroke(Breakdown.TIMED_OUT, "A container of a model outlived its " + longest, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SystemBroke broke
                    ? broke
                    : new SystemBroke(Breakdown.ENGINE_FAILED, "A container of a model was lost: " + e.getCause(), e);
        }
    }

    /** The line that says most about how it ended. */
    static String words(ExecutionResult result) {
        String error = result.log().lastError();
        return error.isEmpty() ? result.log().lastLine() : error;
    }
}
