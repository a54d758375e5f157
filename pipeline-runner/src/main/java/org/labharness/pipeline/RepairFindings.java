package org.labharness.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.collect.dvc.WindowsCommand;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.preflight.FindingCode;

/** Says what the run showed about a submission that reading could not: what had to be mended in the clone. */
final class RepairFindings {
    private static final String OUTPUT_TRACKED = "run.output-tracked";
    private static final String WINDOWS_COMMAND = "run.windows-command";

    private RepairFindings() {}

    static List<Finding> of(RunFacts run, List<PipelineFacts> pipelines) {
        return run.repairs().stream()
                .map(repair -> of(repair, where(repair, pipelines), run))
                .toList();
    }

    /** What reading found, without the commands that the run has shown and mended: each is told once. */
    static List<Finding> without(List<Finding> ofRun, List<Finding> ofReading) {
        Set<Place> mended = ofRun.stream()
                .filter(finding -> finding.code().equals(WINDOWS_COMMAND))
                .flatMap(finding -> Optional.ofNullable(finding.where()).stream())
                .collect(Collectors.toSet());
        return ofReading.stream()
                .filter(finding -> !finding.code().equals(FindingCode.STAGE_WINDOWS_COMMAND.code())
                        || finding.where() == null
                        || !mended.contains(finding.where()))
                .toList();
    }

    /** What the run found, without outputs in Git that reading has told of the same stage. */
    static List<Finding> besides(List<Finding> ofReading, List<Finding> ofRun) {
        return ofRun.stream()
                .filter(finding -> !finding.code().equals(OUTPUT_TRACKED)
                        || ofReading.stream()
                                .noneMatch(told -> told.code().equals(FindingCode.DVC_OUTPUT_IN_GIT.code())
                                        && Objects.equals(told.where(), finding.where())))
                .toList();
    }

    private static Finding of(Repair repair, @Nullable Place where, RunFacts run) {
        return switch (repair.kind()) {
            case FOLDER_MADE ->
                new Finding(
                        "run.folder-missing",
                        Severity.COSTS_POINTS,
                        where,
                        "Stage " + repair.stage() + " failed in a clean clone, because it writes into the folder '"
                                + repair.path()
                                + "', which is not there: Git keeps no empty folders. The harness made it and ran the stage again.",
                        "Make the folder in the script: os.makedirs('" + repair.path() + "', exist_ok=True).");
            case STORE_SET_ASIDE ->
                new Finding(
                        "run.store-of-another-machine",
                        Severity.COSTS_POINTS,
                        where,
                        "Stage " + repair.stage() + " failed in a clean clone, because MLflow's records in '"
                                + repair.path()
                                + "', which are committed, send it to a folder of the machine that they were made on. The harness"
                                + " took them out and ran the stage again.",
                        "git rm -r --cached " + ShellWord.of(repair.path())
                                + ", and name it in .gitignore: MLflow makes new records wherever the stage runs.");
            case COMMAND_REWRITTEN ->
                new Finding(
                        WINDOWS_COMMAND,
                        Severity.COSTS_POINTS,
                        where,
                        "Stage " + repair.stage()
                                + " failed in a clean clone on Linux, because its command is written for the shell of Windows: "
                                + repair.path() + ". The harness wrote it anew and ran the stage again.",
                        WindowsCommand.advice(repair.path()));
            case OUTPUT_TRACKED ->
                new Finding(
                        OUTPUT_TRACKED,
                        Severity.ADVICE,
                        where,
                        "'" + repair.path() + "', an output of stage " + repair.stage()
                                + ", is kept by Git as well as by DVC. DVC refuses that when you run the stage; the harness went on.",
                        "git rm -r --cached " + ShellWord.of(repair.path())
                                + ", then dvc commit, and commit dvc.lock and .gitignore.");
            case OUTPUT_PLACED -> placed(repair, where, run);
        };
    }

    private static Finding placed(Repair repair, @Nullable Place where, RunFacts run) {
        boolean lacksData = run.stages().stream()
                .anyMatch(stage ->
                        stage.fullName().equals(repair.stage()) && stage.status() == StageRun.Status.NOT_REACHED);
        return new Finding(
                "run.output-placed",
                Severity.ADVICE,
                where,
                "Stage " + repair.stage()
                        + (lacksData
                                ? " could not be tried, because its data cannot be had. '"
                                : " could not fetch what it needs, for a run reaches nothing on the network. '")
                        + repair.path()
                        + "', which it once made, is in the repository as dvc.lock records it: the harness put it in place, so"
                        + " that the stages after it could run.",
                lacksData
                        ? "Push the data to a remote that the grader may read (dvc push), so that the stage itself can be run."
                        : "If the data does not change, take the stage out of dvc.yaml and keep '" + repair.path()
                                + "' under DVC (dvc add).");
    }

    private static @Nullable Place where(Repair repair, List<PipelineFacts> pipelines) {
        Optional<Place> place = pipelines.stream()
                .flatMap(pipeline -> pipeline.stages().stream()
                        .filter(stage -> pipeline.path(stage.name()).equals(repair.stage()))
                        .map(PipelineFacts.Stage::where))
                .findFirst();
        return place.orElse(null);
    }
}
