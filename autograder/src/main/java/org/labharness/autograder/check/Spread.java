package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/**
 * How far a change went: the stages that are to run because it is theirs, those that are to run because an input of theirs came out different,
 * and those that ran.
 */
final class Spread {
    private final InterventionFacts facts;
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final List<String> own;
    private final List<String> downstream;
    private final List<String> ran;

    /** @param own whether the change is a stage's own, by what dvc.yaml declares */
    Spread(List<PipelineFacts> pipelines, InterventionFacts facts, Predicate<Stage> own) {
        this.facts = facts;
        pipelines.forEach(pipeline ->
                pipeline.stages().forEach(stage -> stages.put(pipeline.path(stage.name()), stage)));
        ran = facts.ran();
        this.own = named(name -> own.test(stage(name)) || commandChanged(name));
        downstream = named(
                name -> !this.own.contains(name) && stage(name).deps().stream().anyMatch(this::cameOutDifferent));
    }

    private Stage stage(String name) {
        return java.util.Objects.requireNonNull(stages.get(name));
    }

    private List<String> named(Predicate<String> which) {
        return stages.keySet().stream().filter(which).toList();
    }

    /** A value that stands in the command by a template is the command's own. */
    private boolean commandChanged(String name) {
        return facts.changedInputs().getOrDefault(name, List.of()).contains("cmd");
    }

    private boolean cameOutDifferent(String dep) {
        return facts.changedOutputs().stream()
                .anyMatch(out -> out.equals(dep) || out.startsWith(dep + "/") || dep.startsWith(out + "/"));
    }

    /** Stages whose own input was changed. */
    List<String> own() {
        return own;
    }

    List<String> ran() {
        return ran;
    }

    /** Stages that were to run and did not. */
    List<String> missing() {
        List<String> missing = new ArrayList<>(own);
        missing.addAll(downstream);
        missing.removeAll(ran);
        return missing;
    }

    /** Stages that ran although nothing of theirs was changed. */
    List<String> unrelated() {
        return ran.stream()
                .filter(stage -> !own.contains(stage) && !downstream.contains(stage))
                .toList();
    }

    /** Stages that did not run, as they should not. */
    List<String> untouched() {
        return named(name -> !ran.contains(name));
    }

    boolean has(String name, Predicate<Stage> property) {
        Stage stage = stages.get(name);
        return stage != null && property.test(stage);
    }

    @Nullable
    Place where(String name) {
        Stage stage = stages.get(name);
        return stage == null ? null : stage.where();
    }
}
