package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;

/** Says of each stage that DVC did not come to, which earlier stage or which missing data kept it from there. */
final class NotReached {
    private final Map<String, PlannedStage> plan;
    private final Map<String, Ending> endings;
    private final Workspace workspace;
    private final boolean timeUp;
    private final Optional<Problem> death;

    NotReached(FirstRun run, Workspace workspace) {
        this.plan = run.plan();
        this.endings = run.endings();
        this.workspace = workspace;
        this.timeUp = run.timeUp();
        this.death = run.death();
    }

    List<StageRun> stages() {
        List<StageRun> stages = new ArrayList<>();
        for (PlannedStage stage : plan.values()) {
            if (stage.kind() == PlannedStage.Kind.COMMAND && !endings.containsKey(stage.address())) {
                reason(stage)
                        .ifPresent(problem ->
                                stages.add(StageVerdict.notReached(stage.pipeline(), stage.name(), problem)));
            }
        }
        return stages;
    }

    /** Empty where nothing kept it: it was not among the targets after all. */
    private Optional<Problem> reason(PlannedStage stage) {
        Set<String> seen = new HashSet<>();
        List<String> waiting = new ArrayList<>(stage.upstream());
        while (!waiting.isEmpty()) {
            String address = waiting.removeFirst();
            PlannedStage upstream = plan.get(address);
            Ending ending = endings.get(address);
            if (upstream == null || !seen.add(address)) {
                continue;
            }
            if (ending == null) {
                waiting.addAll(upstream.upstream());
            } else if (ending.outcome().equals("failed") || ending.refusal() != null) {
                return Optional.of(because(stage, ending));
            }
        }
        if (death.isPresent()) {
            return death.map(how -> new Problem(how.kind(), "not reached: " + how.message()));
        }
        return timeUp
                ? Optional.of(new Problem(Kind.LIMIT, "not reached: the time of the whole run was used up"))
                : Optional.empty();
    }

    private Problem because(PlannedStage stage, Ending earlier) {
        PlannedStage upstream = earlier.stage();
        if (upstream.kind() != PlannedStage.Kind.COMMAND) {
            return workspace
                    .trackedBy(upstream.tracker())
                    .filter(fact -> !fact.reachable())
                    .map(Workspace::problem)
                    .orElseGet(() -> new Problem(
                            Kind.DATA_UNREACHABLE,
                            "not reached: it needs the data of " + upstream.tracker()
                                    + ", which is not there in a clean clone"));
        }
        Problem refusal = earlier.refusal();
        String name = "'" + upstream.name() + "'"
                + (upstream.pipeline().equals(stage.pipeline()) ? "" : " of " + upstream.tracker());
        if (refusal != null && refusal.kind() != Kind.LIMIT) {
            return new Problem(
                    refusal.kind(), "not reached because stage " + name + " before it was " + refusal.message());
        }
        return refusal != null
                ? refusal
                : new Problem(Kind.EARLIER_STAGE, "not reached because stage " + name + " before it failed");
    }
}
