package org.labharness.autograder.bench;

import java.util.List;
import java.util.Map;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.MetricsFile;

/** Evidence as others of a class would leave it. */
final class Worse {
    /** How many kinds there are; the first is as good as what was given. */
    static final int KINDS = 4;

    private Worse() {}

    /** @param number makes it differ from all others of its kind */
    static Evidence of(Evidence good, int kind, int number) {
        return switch (kind) {
            case 0 -> with(good, good.metrics(), good.data(), number);
            case 1 -> with(good, List.of(), good.data(), number);
            case 2 -> with(good, good.metrics(), List.of(), number);
            case 3 -> with(good, List.of(), List.of(), number);
            default -> throw new IllegalArgumentException("there is no kind " + kind);
        };
    }

    private static Evidence with(Evidence good, List<MetricsFile> metrics, List<DataFacts> data, int number) {
        return new Evidence(
                good.schema(),
                good.submission(),
                good.tree(),
                good.tools(),
                good.findings(),
                good.pipelines(),
                data,
                good.environment(),
                good.run(),
                good.secondRun(),
                metrics,
                good.tracking(),
                good.history(),
                good.custom(),
                good.interventions(),
                good.predictions(),
                good.services(),
                good.clients(),
                good.hiddenCopies(),
                good.harness(),
                Map.of("run", (double) number));
    }
}
