package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.labharness.pipeline.collect.dvc.WindowsCommand;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;

/** Words for stages that ran only after something had been mended in the clone. */
final class RepairWords {
    private RepairWords() {}

    /** Goes on after "... stages ran, but ". */
    static String of(RunFacts run, List<StageRun> stages) {
        List<String> clauses = new ArrayList<>();
        for (Repair.Kind kind : Repair.Kind.values()) {
            List<Repair> mended = mended(run, stages, kind);
            if (!mended.isEmpty()) {
                clauses.add("only after the harness had " + done(kind) + ": "
                        + PlainText.list(mended.stream()
                                .map(repair ->
                                        PlainText.quoted(repair.path()) + " for " + PlainText.name(repair.stage()))
                                .distinct()
                                .toList()));
            }
        }
        return String.join("; and ", clauses) + ".";
    }

    /** What to do about it. */
    static String advice(RunFacts run, List<StageRun> stages) {
        return Arrays.stream(Repair.Kind.values())
                .flatMap(kind -> mended(run, stages, kind).stream().limit(1))
                .map(RepairWords::advice)
                .collect(Collectors.joining(" "));
    }

    private static String done(Repair.Kind kind) {
        return switch (kind) {
            case FOLDER_MADE -> "made folders that a clean clone lacks, for Git keeps no empty ones";
            case STORE_SET_ASIDE ->
                "taken out committed MLflow records that name folders of the machine they were made on";
            case COMMAND_REWRITTEN -> "put commands for the shell of Windows into that of Linux";
            case OUTPUT_TRACKED, OUTPUT_PLACED -> ""; // no stage needs it
        };
    }

    private static String advice(Repair repair) {
        return switch (repair.kind()) {
            case FOLDER_MADE ->
                "Make the folder in the script before anything is written to it: os.makedirs(folder, exist_ok=True).";
            case STORE_SET_ASIDE ->
                "Take the records out of Git and name them in .gitignore: git rm -r --cached "
                        + PlainText.shell(repair.path()) + ".";
            case COMMAND_REWRITTEN -> WindowsCommand.advice(repair.path());
            case OUTPUT_TRACKED, OUTPUT_PLACED -> ""; // no stage needs it
        };
    }

    private static List<Repair> mended(RunFacts run, List<StageRun> stages, Repair.Kind kind) {
        return stages.stream()
                .flatMap(stage -> run.neededBy(stage).stream())
                .filter(repair -> repair.kind() == kind)
                .toList();
    }
}
