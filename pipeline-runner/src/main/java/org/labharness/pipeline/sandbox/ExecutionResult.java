package org.labharness.pipeline.sandbox;

import java.time.Duration;
import java.util.List;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;

/**
 * How a command ended, by the engine's word.
 *
 * @param exit exit code; 137 where it was killed
 * @param wall from start to end of its process
 * @param peakMemoryBytes from the control group, 0 where the engine does not tell
 * @param limits limits that it hit, empty where none
 * @param killed whether {@link Execution#kill} ended it
 */
public record ExecutionResult(
        int exit, Duration wall, long peakMemoryBytes, List<LimitHit> limits, LogExcerpt log, boolean killed) {
    public ExecutionResult {
        limits = List.copyOf(limits);
    }

    /** Whether it failed of its own, at no limit and not ended from outside. */
    public boolean failedByItself() {
        return exit != 0 && limits.isEmpty() && !killed;
    }
}
