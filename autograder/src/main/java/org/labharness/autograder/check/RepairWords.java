package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;

/** Words for stages that ran only after something had been mended in the clone. */
final class RepairWords {
    private RepairWords() {}

    /** Goes on after "... stages ran, but ". */
    static String of(RunFacts run, List<StageRun> stages) {
        List<String> clauses = new ArrayList<>();
        List<String> folders = mended(run, stages, Repair.Kind.FOLDER_MADE);
        if (!folders.isEmpty()) {
            clauses.add(
                    "only after the harness had made folders that a clean clone lacks, for Git keeps no empty ones: "
                            + PlainText.list(folders));
        }
        List<String> stores = mended(run, stages, Repair.Kind.STORE_SET_ASIDE);
        if (!stores.isEmpty()) {
            clauses.add(
                    "only after the harness had taken out committed MLflow records that name folders of the machine they"
                            + " were made on: " + PlainText.list(stores));
        }
        List<String> commands = mended(run, stages, Repair.Kind.COMMAND_REWRITTEN);
        if (!commands.isEmpty()) {
            clauses.add("only after the harness had put commands for the shell of Windows into that of Linux: "
                    + PlainText.list(commands));
        }
        return String.join("; and ", clauses) + ".";
    }

    /** What to do about it. */
    static String advice(RunFacts run, List<StageRun> stages) {
        List<String> advice = new ArrayList<>();
        if (!mended(run, stages, Repair.Kind.FOLDER_MADE).isEmpty()) {
            advice.add(
                    "Make the folder in the script before anything is written to it: os.makedirs(folder, exist_ok=True).");
        }
        stages.stream()
                .flatMap(stage -> run.neededBy(stage).stream())
                .filter(repair -> repair.kind() == Repair.Kind.STORE_SET_ASIDE)
                .findFirst()
                .ifPresent(repair ->
                        advice.add("Take the records out of Git and name them in .gitignore: git rm -r --cached "
                                + PlainText.shell(repair.path()) + "."));
        if (!mended(run, stages, Repair.Kind.COMMAND_REWRITTEN).isEmpty()) {
            advice.add(
                    "Write paths with '/', which works on Windows too, and take 'set ...' and '%...%' out of dvc.yaml.");
        }
        return String.join(" ", advice);
    }

    private static List<String> mended(RunFacts run, List<StageRun> stages, Repair.Kind kind) {
        return stages.stream()
                .flatMap(stage -> run.neededBy(stage).stream())
                .filter(repair -> repair.kind() == kind)
                .map(repair -> PlainText.quoted(repair.path()) + " for " + PlainText.name(repair.stage()))
                .distinct()
                .toList();
    }
}
