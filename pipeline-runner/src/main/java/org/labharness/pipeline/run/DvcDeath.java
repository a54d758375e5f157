package org.labharness.pipeline.run;

import java.util.List;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;

/** Says how the grader's own DVC came to its end in the middle of a run. */
final class DvcDeath {
    private DvcDeath() {}

    static Problem outOfMemory() {
        return new Problem(
                Kind.LIMIT,
                "DVC itself needed more memory than its " + DvcContainer.MEMORY
                        + ": one of the YAML, TOML or JSON files that it has to read is too large");
    }

    static Problem outOfTime() {
        return new Problem(Kind.LIMIT, "the time was up while DVC worked on it");
    }

    /** @param limits that DVC's container hit, at least one */
    static Problem of(List<LimitHit> limits) {
        LimitHit first = limits.getFirst();
        return switch (first.name()) {
            case MEMORY -> outOfMemory();
            case TIME -> outOfTime();
            case IDLE, DISK, PROCESSES, OUTPUT ->
                new Problem(
                        Kind.LIMIT,
                        "DVC itself met the limit of its container: "
                                + first.name().name().toLowerCase(java.util.Locale.ROOT) + ", " + first.limit());
        };
    }
}
