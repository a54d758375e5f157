package org.labharness.pipeline.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.labharness.pipeline.evidence.NetworkErrors;
import org.labharness.pipeline.evidence.StageRun.Problem;
import org.labharness.pipeline.sandbox.ExecutionResult;

/**
 * What stages once made, put in place for those that cannot be run here for no fault of the pipeline's, so that the stages after them can: for want
 * of data, before anything runs; for want of a network, after they have tried.
 */
final class StandIns {
    private final Workspace workspace;
    private final BiConsumer<PlannedStage, String> placed;
    private final Set<String> addresses = new LinkedHashSet<>();

    /** @param placed is told each path that was put in place */
    StandIns(Workspace workspace, BiConsumer<PlannedStage, String> placed) {
        this.workspace = workspace;
        this.placed = placed;
    }

    /** Why a stage cannot be tried, where what it once made stands in for it from now on. */
    Optional<Problem> before(PlannedStage stage) {
        Optional<Problem> lacking = workspace.unreachable(stage);
        List<String> paths = lacking.isPresent() ? workspace.standIn(stage) : List.of();
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        addresses.add(stage.address());
        paths.forEach(path -> placed.accept(stage, path));
        return lacking;
    }

    /** Whether the outputs of a stage that the want of a network has stopped are there as recorded now. */
    boolean after(PlannedStage stage, ExecutionResult result) {
        if (!result.failedByItself() || !NetworkErrors.in(result.log())) {
            return false;
        }
        List<String> paths = workspace.placeOutputs(stage);
        paths.forEach(path -> placed.accept(stage, path));
        return !paths.isEmpty();
    }

    /** Whether a stage is not to be tried, for it lacks data. */
    boolean has(PlannedStage stage) {
        return addresses.contains(stage.address());
    }

    /** Of stages that are not to be tried. */
    Set<String> addresses() {
        return Set.copyOf(addresses);
    }
}
