package org.labharness.pipeline.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.ModelReference;
import org.labharness.lab.Place;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/**
 * What followed when the harness changed something and ran the pipeline once more, beside what the run of the unchanged submission had made.
 *
 * @param key of the intervention that was asked for
 * @param change what was changed, a sentence without its full stop, naming file, old and new value; empty where nothing was
 * @param changed files and values that were changed
 * @param untried why nothing was changed or run; null where it was
 * @param stages in the order in which they ran, then those not reached
 * @param changedInputs what differs in dvc.lock of a stage's inputs, by the stage's full name: paths, names of params, {@code cmd}
 * @param changedOutputs outputs, and paths that checks ask for, whose content differs
 * @param absent paths that checks ask for and that the run of the unchanged submission did not leave
 * @param metrics values by metrics file
 * @param runs MLflow runs that the changed run made
 * @param copies where the content of outputs was found beside the outputs themselves
 * @param predictions what models that the changed run made predicted, where checks ask for it
 * @param seconds wall time from the copy of the tree to the end of collecting; volatile
 */
public record InterventionFacts(
        String key,
        String change,
        List<Changed> changed,
        @Nullable Untried untried,
        List<StageRun> stages,
        Map<String, List<String>> changedInputs,
        List<String> changedOutputs,
        List<String> absent,
        Map<String, Map<String, Double>> metrics,
        List<MlflowRun> runs,
        List<Copy> copies,
        List<PredictionFacts> predictions,
        double seconds) {
    public InterventionFacts {
        changed = List.copyOf(changed);
        stages = List.copyOf(stages);
        changedInputs = Map.copyOf(changedInputs);
        changedOutputs = List.copyOf(changedOutputs);
        absent = List.copyOf(absent);
        metrics = Map.copyOf(metrics);
        runs = List.copyOf(runs);
        copies = List.copyOf(copies);
        predictions = List.copyOf(predictions);
    }

    /** Of one that was not tried. */
    public static InterventionFacts untried(String key, Untried reason) {
        return new InterventionFacts(
                key, "", List.of(), reason, List.of(), Map.of(), List.of(), List.of(), Map.of(), List.of(), List.of(),
                List.of(), 0);
    }

    /**
     * A file, or a value in it.
     *
     * @param name dotted; empty where the whole file was changed
     * @param from empty where the whole file was changed
     * @param to as from
     */
    public record Changed(String file, String name, String from, String to) {
        /** A whole file. */
        public static Changed of(String file) {
            return new Changed(file, "", "", "");
        }
    }

    /** @param message in words for the student, naming paths and values; a sentence */
    public record Untried(Matter matter, String message) {}

    /** Whose matter it is that a change could not be made. */
    public enum Matter {
        /** What was to be changed is not in the submission. */
        THEIRS,
        /** The lab asks for what cannot be, or the harness could not do it. */
        OURS
    }

    /**
     * Content of an output elsewhere in the repository.
     *
     * @param where a file; {@code .git} where Git holds it
     * @param literal whether it, or all of its numbers, stand in code; else a file has the same bytes or says the same
     */
    public record Copy(String output, Place where, boolean literal) {}

    /** What a model made of rows after the change, where it was asked. */
    public Optional<PredictionFacts> prediction(ModelReference model, TestRows rows) {
        return PredictionFacts.of(model, rows, predictions);
    }

    /** Whether any stage failed or was not reached. */
    public boolean failed() {
        return stages.stream().anyMatch(StageRun::unfinished);
    }

    /** Full names of the stages whose command ran to its end. */
    public List<String> ran() {
        return named(StageRun.Status.RAN);
    }

    /** Full names of the stages that became this. */
    public List<String> named(StageRun.Status status) {
        return stages.stream()
                .filter(stage -> stage.status() == status)
                .map(StageRun::fullName)
                .toList();
    }
}
