package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import org.labharness.lab.Finding;
import org.labharness.pipeline.evidence.NetworkErrors;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.preflight.FindingCode;

/**
 * A stage that fetches something from the network, which no run can reach. Elsewhere it may well have run: it is priced like one whose
 * data is out of reach. Who feigns it gains no more than by not pushing data.
 */
final class NoNetwork {
    /** The second where the code goes on without: it counts only where it is seen to have stopped a stage. */
    private static final List<String> DOWNLOADS =
            List.of(FindingCode.CODE_DOWNLOADS.code(), FindingCode.CODE_OPTIONAL_DOWNLOAD.code());

    private NoNetwork() {}

    /**
     * Whether the want of a network stopped it: its last failure says so; or it printed so and went on, and then wrote nothing, or
     * failed although its own script is known to download.
     */
    static boolean stopped(StageRun stage, StageScripts scripts) {
        boolean wroteNothing = stage.status() == StageRun.Status.FAILED
                && stage.problem() != null
                && stage.problem().kind() == StageRun.Kind.OUTPUT_MISSING;
        if (!wroteNothing && !stage.failedByItself()) {
            return false;
        }
        return NetworkErrors.in(stage.log())
                || (NetworkErrors.anywhere(stage.log())
                        && (wroteNothing || called(stage, scripts).isPresent()));
    }

    /** What reading found of a download in the stage's own scripts. */
    static Optional<Finding> called(StageRun stage, StageScripts scripts) {
        return DOWNLOADS.stream()
                .flatMap(code -> scripts.findings(code, stage).stream())
                .findFirst();
    }

    /** Its outputs that were put in place as recorded; empty where none were. */
    static List<String> placed(StageRun stage, RunFacts run) {
        return run.repairs().stream()
                .filter(repair -> repair.kind() == Repair.Kind.OUTPUT_PLACED)
                .filter(repair -> repair.stage().equals(stage.fullName()))
                .map(Repair::path)
                .toList();
    }
}
