package org.labharness.pipeline.evidence;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metrics file: what Git holds and what the run made of it. Nested keys are joined with dots.
 *
 * @param declared whether dvc.yaml declares it as metrics, for a stage or at its top
 * @param reported values at the commit, in Git or by the sum in dvc.lock; null where neither holds them or they are unreadable
 * @param reproduced values after the run; null where not made or unreadable
 */
public record MetricsFile(
        String path,
        boolean declared,
        @Nullable Map<String, Double> reported,
        @Nullable Map<String, Double> reproduced) {}
