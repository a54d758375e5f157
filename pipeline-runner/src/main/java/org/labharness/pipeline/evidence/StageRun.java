package org.labharness.pipeline.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stage when the harness ran it. Seconds, memory and exit code come from the engine.
 *
 * @param pipeline folder of its dvc.yaml, empty for the root
 * @param exit exit code, or null where it did not run
 * @param seconds wall time; volatile
 * @param peakMemoryBytes volatile; 0 where not known
 * @param limits limits hit
 * @param problem what went wrong beyond the exit code, or why it was not reached; null where all is well
 */
public record StageRun(
        String pipeline,
        String name,
        Status status,
        @Nullable Integer exit,
        double seconds,
        long peakMemoryBytes,
        List<LimitHit> limits,
        LogExcerpt log,
        @Nullable Problem problem) {
    public StageRun {
        limits = List.copyOf(limits);
    }

    /** {@code train}, or {@code models/train} for a pipeline in a folder. */
    public String fullName() {
        return pipeline.isEmpty() ? name : pipeline + "/" + name;
    }

    /** What became of it. */
    public enum Status {
        RAN,
        FAILED,
        NOT_REACHED,
        UP_TO_DATE,
        /** Replaced by the lab's input. */
        REPLACED
    }

    /** Whether its command ended with an error of its own, at no limit. */
    public boolean failedByItself() {
        return status == Status.FAILED && problem != null && problem.kind() == Kind.EXIT_CODE && limits.isEmpty();
    }

    /** Whether it failed, or was not reached. */
    public boolean unfinished() {
        return status == Status.FAILED || status == Status.NOT_REACHED;
    }

    /** @param message in words for the student, naming paths and values */
    public record Problem(Kind kind, String message) {}

    /** Kinds of problems. */
    public enum Kind {
        EXIT_CODE,
        LIMIT,
        OUTPUT_MISSING,
        /** An output that DVC refused to save, tracked by Git say. */
        OUTPUT_REFUSED,
        DEPENDENCY_MISSING,
        /** Frozen in dvc.yaml, and what it once wrote is not there. */
        FROZEN,
        /** Data that cannot be had from a clean clone. */
        DATA_UNREACHABLE,
        ENVIRONMENT,
        EARLIER_STAGE,
        PIPELINE_INVALID,
        /** Nothing the student can be blamed for. */
        OURS
    }
}
