package org.labharness.pipeline.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.StageRun.Problem;

/**
 * How a stage ended.
 *
 * @param outcome {@code done}, {@code unchanged}, {@code failed} by DVC's word, or {@code refused} by the harness
 * @param error the type of DVC's exception, or empty
 * @param refusal why the harness did not let it run, or null
 * @param death how DVC itself ended in the middle of it, or null
 */
record Ending(
        PlannedStage stage,
        String outcome,
        String error,
        List<String> messages,
        StageTrace trace,
        @Nullable Problem refusal,
        @Nullable Problem death) {}
