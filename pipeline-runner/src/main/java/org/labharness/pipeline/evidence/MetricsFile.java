package org.labharness.pipeline.evidence;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metrics file: what Git holds and what the run made of it. Nested keys are joined with dots.
 *
 * @param declared whether a stage declares it as metrics
 * @param reported values at the commit; null where not committed or unreadable
 * @param reproduced values after the run; null where not made or unreadable
 */
public record MetricsFile(
        String path,
        boolean declared,
        @Nullable Map<String, Double> reported,
        @Nullable Map<String, Double> reproduced) {}
