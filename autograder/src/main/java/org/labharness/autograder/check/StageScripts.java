package org.labharness.autograder.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.StageRun;

/** Which files a stage's commands run. */
record StageScripts(Evidence evidence, StageFates fates) {
    /** What reading found, under one code, in files that a stage may run. */
    List<Finding> findings(String code, StageRun run) {
        return evidence.findings().stream()
                .filter(finding -> finding.code().equals(code) && mayRun(run, finding.where()))
                .toList();
    }

    /** Whether a file may be run by a stage: its own script, or one that no other stage has to itself. */
    private boolean mayRun(StageRun run, @Nullable Place place) {
        if (place == null) {
            return true;
        }
        String path = place.path();
        List<PipelineFacts.Stage> mine = fates.declared(run).stream().toList();
        return mine.isEmpty() || names(mine, path) || !names(others(mine), path);
    }

    /** Whether it is the stage's own script, or named by it. */
    boolean names(StageRun run, Place place) {
        return names(fates.declared(run).stream().toList(), place.path());
    }

    private List<PipelineFacts.Stage> others(List<PipelineFacts.Stage> mine) {
        return evidence.pipelines().stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .filter(stage -> !mine.contains(stage))
                .toList();
    }

    private static boolean names(List<PipelineFacts.Stage> stages, String path) {
        return stages.stream().anyMatch(stage -> stage.names(path));
    }
}
