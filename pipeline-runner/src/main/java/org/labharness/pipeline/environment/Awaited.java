package org.labharness.pipeline.environment;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;

/** Waits for containers that build something. */
final class Awaited {
    private Awaited() {}

    static ExecutionResult result(Execution execution, Duration longest) {
        try {
            return execution.result().get(longest.plusMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            execution.kill();
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The build of an environment was interrupted", e);
        } catch (TimeoutException e) {
            execution.kill();
            throw new SystemBroke(Breakdown.TIMED_OUT, "The build of an environment outlived its " + longest, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SystemBroke broke
                    ? broke
                    : new SystemBroke(
                            Breakdown.ENGINE_FAILED, "The build of an environment was lost: " + e.getCause(), e);
        }
    }

    /** The line that says most about how it ended. */
    static String words(ExecutionResult result) {
        LogExcerpt log = result.log();
        if (!log.lastError().isEmpty()) {
            return log.lastError();
        }
        List<String> lines = log.tail().isEmpty() ? log.head() : log.tail();
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }
}
