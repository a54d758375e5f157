package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.sandbox.ExecutionResult;

/**
 * Runs a command, and again where it failed for want of nothing but a folder that Git cannot keep. Where that does not make it succeed,
 * the first failure is what is told: it is what a clean clone shows.
 */
record FolderRepair(StageRunner runner, Workspace workspace) {
    private static final int MOST_FOLDERS = 3;
    /** A command is repeated only where that leaves the other stages at least as much time again. */
    private static final int SHARE = 2;

    /** @param folders that were made, relative to the submission; empty where none was needed, or none helped */
    record Ran(ExecutionResult result, List<String> folders) {}

    Ran run(String directory, String command, Map<String, String> variables, boolean last) {
        ExecutionResult first = runner.run(directory, command, variables, last);
        ExecutionResult result = first;
        List<String> made = new ArrayList<>();
        while (failed(result) && made.size() < MOST_FOLDERS && hasTimeFor(first)) {
            Optional<String> folder =
                    workspace.missingFolder(directory, result.log()).filter(workspace::makeFolder);
            if (folder.isEmpty()) {
                break;
            }
            made.add(folder.get());
            result = runner.run(directory, command, variables, last);
        }
        return result.exit() == 0 ? new Ran(result, made) : new Ran(first, List.of());
    }

    private static boolean failed(ExecutionResult result) {
        return result.exit() != 0 && result.limits().isEmpty() && !result.killed();
    }

    private boolean hasTimeFor(ExecutionResult first) {
        return first.wall().multipliedBy(SHARE).compareTo(runner.deadline().remaining()) < 0;
    }
}
