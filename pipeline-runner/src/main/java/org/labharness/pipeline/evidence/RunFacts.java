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
 * @param repairs what was mended in the clone so that stages ran
 */
public record RunFacts(
        Kind kind,
        List<StageRun> stages,
        List<String> undeclared,
        List<LimitHit> limits,
        LogExcerpt tool,
        @Nullable String notRun,
        List<Repair> repairs) {
    /** Of a run in which nothing had to be mended. */
    public RunFacts(
            Kind kind,
            List<StageRun> stages,
            List<String> undeclared,
            List<LimitHit> limits,
            LogExcerpt tool,
            @Nullable String notRun) {
        this(kind, stages, undeclared, limits, tool, notRun, List.of());
    }

    public RunFacts {
        repairs = List.copyOf(repairs);
        stages = List.copyOf(stages);
        undeclared = List.copyOf(undeclared);
        limits = List.copyOf(limits);
    }

    /** What was mended without which a stage had failed, as it does in a clean clone. */
    public List<Repair> neededBy(StageRun stage) {
        return repairs.stream()
                .filter(repair -> repair.kind().needed() && repair.stage().equals(stage.fullName()))
                .toList();
    }

    /** Whether no stage failed and none was left out. */
    public boolean whole() {
        return stages.stream().noneMatch(StageRun::unfinished);
    }

    /** Whether any stage's command ran to its end. */
    public boolean ranAny() {
        return stages.stream().anyMatch(stage -> stage.status() == StageRun.Status.RAN);
    }

    /** Ways to run. */
    public enum Kind {
        DVC,
        MLPROJECT,
        COMMANDS,
        NONE
    }
}
