package org.labharness.pipeline.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the harness ran.
 *
 * @param stages in the order in which they ran, then those not reached
 * @param undeclared files that the run wrote and no stage declares; sorted, capped
 * @param tool what the runner (DVC, mlflow) itself printed
 * @param notRun why nothing was run, or null
 */
public record RunFacts(
        Kind kind,
        List<StageRun> stages,
        List<String> undeclared,
        List<LimitHit> limits,
        LogExcerpt tool,
        @Nullable String notRun) {
    public RunFacts {
        stages = List.copyOf(stages);
        undeclared = List.copyOf(undeclared);
        limits = List.copyOf(limits);
    }

    /** Ways to run. */
    public enum Kind {
        DVC,
        MLPROJECT,
        COMMANDS,
        NONE
    }
}
