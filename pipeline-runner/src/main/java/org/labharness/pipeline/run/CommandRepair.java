package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.sandbox.ExecutionResult;

/**
 * Runs a command, and again where it failed for want of nothing but a folder that Git cannot keep, or for a committed MLflow store that
 * sends it to another machine's disk. Where that does not make it succeed, the first failure is what is told: it is what a clean clone
 * shows.
 */
record CommandRepair(StageRunner runner, Workspace workspace) {
    private static final int MOST = 4;
    /** A command is repeated only where that leaves the other stages at least as much time again. */
    private static final int SHARE = 2;

    /** @param mended empty where nothing was, or nothing helped; the stage's name is not in it */
    record Ran(ExecutionResult result, List<Mended> mended) {}

    /** @param path relative to the submission */
    record Mended(Repair.Kind kind, String path) {}

    Ran run(String directory, String command, Map<String, String> variables, boolean last) {
        ExecutionResult first = runner.run(directory, command, variables, last);
        ExecutionResult result = first;
        List<Mended> mended = new ArrayList<>();
        while (failed(result) && mended.size() < MOST && hasTimeFor(first)) {
            Optional<Mended> next = mend(directory, result);
            if (next.isEmpty()) {
                break;
            }
            mended.add(next.get());
            result = runner.run(directory, command, variables, last);
        }
        if (result.exit() == 0) {
            return new Ran(result, mended);
        }
        mended.stream()
                .filter(one -> one.kind() == Repair.Kind.STORE_SET_ASIDE)
                .forEach(one -> workspace.putBack(one.path()));
        return new Ran(first, List.of());
    }

    private Optional<Mended> mend(String directory, ExecutionResult failure) {
        return workspace
                .missingFolder(directory, failure.log())
                .filter(workspace::makeFolder)
                .map(folder -> new Mended(Repair.Kind.FOLDER_MADE, folder))
                .or(() -> workspace
                        .setForeignStoreAside(failure.log())
                        .map(store -> new Mended(Repair.Kind.STORE_SET_ASIDE, store)));
    }

    private static boolean failed(ExecutionResult result) {
        return result.exit() != 0 && result.limits().isEmpty() && !result.killed();
    }

    private boolean hasTimeFor(ExecutionResult first) {
        return first.wall().multipliedBy(SHARE).compareTo(runner.deadline().remaining()) < 0;
    }
}
