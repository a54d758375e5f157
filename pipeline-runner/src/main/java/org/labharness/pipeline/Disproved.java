package org.labharness.pipeline;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;
import org.labharness.pipeline.preflight.FindingCode;

/** Findings that foretell a stage's failure, once that stage has run to its end: they were wrong, and are not told. */
record Disproved(RunFacts run, List<PipelineFacts> pipelines) {
    private static final Set<String> FORETELL =
            Set.of(FindingCode.CODE_DOWNLOADS.code(), FindingCode.CODE_UNSET_VARIABLE.code());

    /** Those that the run left open. */
    List<Finding> without(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !FORETELL.contains(finding.code()) || !ran(finding.where()))
                .toList();
    }

    /** Whether the stages that use a file ran; where none is known to, all of them. */
    private boolean ran(@Nullable Place place) {
        List<String> using = (run.kind() == RunFacts.Kind.DVC ? pipelines : List.<PipelineFacts>of())
                .stream()
                        .flatMap(pipeline -> pipeline.stages().stream()
                                .filter(stage ->
                                        place != null && (stage.where().equals(place) || stage.names(place.path())))
                                .map(stage -> pipeline.path(stage.name())))
                        .toList();
        List<StageRun> runs = run.stages().stream()
                .filter(stage -> using.isEmpty() || using.contains(stage.fullName()))
                .toList();
        return runs.stream().anyMatch(stage -> stage.status() == Status.RAN)
                && runs.stream().allMatch(stage -> stage.status() == Status.RAN || stage.status() == Status.REPLACED);
    }
}
