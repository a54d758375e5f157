package org.labharness.pipeline.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What commands turned out to need in the run before the changes, so that a run after a change is spared the failing attempt: that run
 * answers what the change did, and has no time for the same failure once more.
 */
final class KnownMends {
    private static final Needed NOTHING = new Needed(List.of(), List.of());

    private final Map<String, Needed> byCommand;
    private final boolean fresh;

    KnownMends() {
        this(new ConcurrentHashMap<>(), true);
    }

    private KnownMends(Map<String, Needed> byCommand, boolean fresh) {
        this.byCommand = byCommand;
        this.fresh = fresh;
    }

    /**
     * What one command needed to succeed.
     *
     * @param environments where it looked for a virtual environment, in the work tree
     */
    record Needed(List<CommandRepair.Mended> mended, List<Path> environments) {}

    /** The same for a run that goes on from what an earlier one left, where the stores of other machines are gone already. */
    KnownMends goingOn() {
        return new KnownMends(byCommand, false);
    }

    Needed of(String command) {
        return byCommand.getOrDefault(command, NOTHING);
    }

    /** What it needed the first time stays known: a run that goes on needs less. */
    void learn(String command, Needed needed) {
        byCommand.putIfAbsent(command, needed);
    }

    /** Does again what can be done before the command runs; what was done. */
    List<CommandRepair.Mended> apply(Needed needed, Workspace workspace) {
        return needed.mended().stream()
                .filter(one -> switch (one.kind()) {
                    case FOLDER_MADE -> workspace.makeFolder(one.path());
                    case STORE_SET_ASIDE -> fresh && workspace.setAside(one.path());
                    case COMMAND_REWRITTEN -> true;
                    case OUTPUT_TRACKED, OUTPUT_PLACED -> false; // no command's
                })
                .toList();
    }
}
