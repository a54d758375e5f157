package org.labharness.autograder.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.Family;
import org.labharness.lab.InterventionCheck;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.preflight.Preflight;

/** Which families of checks apply to a submission. */
final class Applicability {
    private Applicability() {}

    /**
     * Whether the check's family applies. That something runs is asked of an MLproject as well as of a DVC pipeline; that
     * data is under DVC, of everybody who has it there.
     */
    static boolean applies(CheckSpec spec, Evidence evidence) {
        boolean runs = spec instanceof DvcCheck.Reproduces && evidence.run().kind() != RunFacts.Kind.NONE;
        return switch (spec.family()) {
            case REPOSITORY, CUSTOM, SERVICE -> true;
            case DVC -> usesDvc(evidence) || runs || (spec instanceof DvcCheck.DataUnderDvc && tracksData(evidence));
            case MLFLOW -> usesMlflow(evidence);
            case RUN -> evidence.run().kind() != RunFacts.Kind.NONE;
        };
    }

    /** What is to be said of a check that asks how a DVC pipeline behaves where something else was run; empty where it can be judged. */
    static Optional<Sentence> needsPipeline(CheckSpec spec, Evidence evidence) {
        boolean asks = spec instanceof DvcCheck.SecondRunDoesNothing
                || spec instanceof DvcCheck.OutputsDeclared
                || spec instanceof InterventionCheck.ParameterChange
                || spec instanceof InterventionCheck.CodeChange;
        return asks && !usesDvc(evidence) && evidence.run().ranAny()
                ? Optional.of(
                        Sentence.of(
                                "This repository has no DVC pipeline (dvc.yaml), and this asks how one behaves.",
                                "Describe the steps as stages in dvc.yaml (dvc stage add ...), run dvc repro, and commit dvc.yaml and dvc.lock."))
                : Optional.empty();
    }

    /** Why a family does not apply. */
    static String missing(Family family) {
        return switch (family) {
            case REPOSITORY, CUSTOM, SERVICE -> "Set aside.";
            case DVC -> "Set aside: this repository has no DVC pipeline (dvc.yaml).";
            case MLFLOW -> "Set aside: nothing in this repository uses MLflow.";
            case RUN -> "Set aside: nothing in this repository can be run.";
        };
    }

    static Optional<String> nothing(Evidence evidence) {
        return usesDvc(evidence) || usesMlflow(evidence)
                ? Optional.empty()
                : Optional.of("There is nothing to grade in commit "
                        + evidence.submission()
                                .commit()
                                .substring(
                                        0,
                                        Math.min(
                                                10,
                                                evidence.submission().commit().length()))
                        + ": none of its " + PlainText.count(evidence.tree().count(), "file")
                        + " is a dvc.yaml or an MLproject, and none uses MLflow. "
                        + Preflight.whyNothing(evidence.findings())
                                .orElse("Check that the right branch was pushed, or name it with --ref."));
    }

    static boolean usesDvc(Evidence evidence) {
        return !evidence.pipelines().isEmpty();
    }

    /** Data may be under DVC without a pipeline. */
    private static boolean tracksData(Evidence evidence) {
        return evidence.data().stream().anyMatch(data -> !data.tracker().isEmpty());
    }

    static boolean usesMlflow(Evidence evidence) {
        return evidence.tools().mlflow()
                || evidence.tracking().stream()
                        .anyMatch(store -> !store.newRuns().isEmpty() || store.oldRuns() > 0)
                || needsMlflow(evidence);
    }

    /** What is asked for without being used yet: whoever installs MLflow means to track. */
    private static boolean needsMlflow(Evidence evidence) {
        EnvironmentFacts environment = evidence.environment();
        if (environment == null) {
            return false;
        }
        Stream<String> setAside = environment.setAside().stream().map(EnvironmentFacts.SetAside::requirement);
        return Stream.concat(environment.installed().stream(), setAside)
                .map(requirement -> requirement.strip().toLowerCase(Locale.ROOT))
                .anyMatch(Applicability::isMlflow);
    }

    private static boolean isMlflow(String requirement) {
        return List.of("mlflow", "mlflow-skinny").stream()
                .anyMatch(name -> requirement.equals(name)
                        || (requirement.startsWith(name)
                                && "=<>!~[; @".indexOf(requirement.charAt(name.length())) >= 0));
    }
}
