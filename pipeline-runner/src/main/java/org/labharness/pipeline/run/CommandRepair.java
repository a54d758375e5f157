package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.collect.dvc.WindowsCommand;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.sandbox.ExecutionResult;

/**
 * Runs a command, and again where it failed for want of nothing but a folder that Git cannot keep, for a committed MLflow store that
 * sends it to another machine's disk, or for being written in the language of another shell. Where that does not make it succeed, the
 * first failure is what is told: it is what a clean clone shows. A virtual environment that the command names and no clone holds is
 * nothing to mend: the one that was made stands in for it.
 *
 * @param known what the same commands needed before, which they get before their first attempt
 */
record CommandRepair(StageRunner runner, Workspace workspace, KnownMends known) {
    private static final int MOST = 4;
    /** A command is repeated only where that leaves the other stages at least as much time again. */
    private static final int SHARE = 2;

    /** @param mended empty where nothing was, or nothing helped; the stage's name is not in it */
    record Ran(ExecutionResult result, List<Mended> mended) {}

    /** @param path relative to the submission; of a command what was written for another shell */
    record Mended(Repair.Kind kind, String path) {}

    /** @param name which of the submission's commands it is, whatever its words are this time */
    Ran run(String name, String directory, String command, Map<String, String> variables, boolean last) {
        try (EnvironmentStandIn environment = workspace.environmentStandIn()) {
            Attempts attempts = new Attempts(environment, directory, variables, last);
            KnownMends.Needed needed = known.of(name);
            environment.place(needed.environments());
            Ran ran = mended(attempts, command, new ArrayList<>(known.apply(needed, workspace)));
            if (ran.result().exit() == 0) {
                known.learn(name, new KnownMends.Needed(ran.mended(), environment.places()));
            }
            return ran;
        }
    }

    /** @param mended what was mended already; grows */
    private Ran mended(Attempts attempts, String command, List<Mended> mended) {
        boolean rewritten = mended.stream().anyMatch(one -> one.kind() == Repair.Kind.COMMAND_REWRITTEN);
        String line = rewritten ? workspace.windows(attempts.directory, command).unix() : command;
        ExecutionResult first = attempts.run(line);
        ExecutionResult result = first;
        while (result.failedByItself() && mended.size() < MOST && hasTimeFor(first)) {
            WindowsCommand windows = workspace.windows(attempts.directory, line);
            Optional<Mended> next =
                    windows.changed().isEmpty() ? mend(attempts.directory, result) : Optional.of(mended(windows));
            if (next.isEmpty()) {
                break;
            }
            mended.add(next.get());
            line = windows.unix();
            result = attempts.run(line);
        }
        if (result.exit() == 0) {
            return new Ran(result, mended);
        }
        mended.stream()
                .filter(one -> one.kind() == Repair.Kind.STORE_SET_ASIDE)
                .forEach(one -> workspace.putBack(one.path()));
        return new Ran(first, List.of());
    }

    /** Runs of one command; one that fails for want of an environment of its own, which no clone holds, counts as not run. */
    private final class Attempts {
        private final EnvironmentStandIn environment;
        private final String directory;
        private final Map<String, String> variables;
        private final boolean last;

        Attempts(EnvironmentStandIn environment, String directory, Map<String, String> variables, boolean last) {
            this.environment = environment;
            this.directory = directory;
            this.variables = Map.copyOf(variables);
            this.last = last;
        }

        ExecutionResult run(String line) {
            ExecutionResult result = runner.run(directory, line, variables, last);
            while (result.failedByItself() && hasTimeFor(result) && environment.after(directory, result.log())) {
                result = runner.run(directory, line, variables, last);
            }
            return result;
        }
    }

    private static Mended mended(WindowsCommand windows) {
        return new Mended(Repair.Kind.COMMAND_REWRITTEN, String.join(", ", windows.changed()));
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

    private boolean hasTimeFor(ExecutionResult first) {
        return first.wall().multipliedBy(SHARE).compareTo(runner.deadline().remaining()) < 0;
    }
}
