package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.DvcCheck.StagePart;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.OutputKind;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** {@code dvc-stages}: a part of the points for each stage, and one each for params and metrics where they are required. */
final class DvcStagesRule {
    private final DvcCheck.DvcStages spec;
    private final List<Stage> stages;
    /** Whether dvc.yaml declares metrics, for a stage or at its top. */
    private final boolean metrics;

    private final List<String> faults = new ArrayList<>();
    private @Nullable Place where;

    private DvcStagesRule(DvcCheck.DvcStages spec, List<Stage> stages, boolean metrics) {
        this.spec = spec;
        this.stages = stages;
        this.metrics = metrics;
    }

    static Ruling judge(DvcCheck.DvcStages spec, Case subject) {
        List<PipelineFacts> pipelines = subject.evidence().pipelines();
        List<Stage> stages = pipelines.stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .toList();
        if (stages.isEmpty()) {
            return Ruling.absent(pipelines.stream()
                    .filter(pipeline -> pipeline.problem() != null)
                    .findFirst()
                    .map(RunStory::unreadable)
                    .orElseGet(() -> none(pipelines)));
        }
        return new DvcStagesRule(
                        spec, stages, subject.evidence().metrics().stream().anyMatch(MetricsFile::declared))
                .judge(subject);
    }

    private static Sentence none(List<PipelineFacts> pipelines) {
        String hint =
                "Describe each step with dvc stage add -n <name> -d <dependency> -o <output> <command>, then commit"
                        + " dvc.yaml and dvc.lock.";
        return pipelines.isEmpty()
                ? Sentence.of("There is no dvc.yaml in the repository, so there are no stages.", hint)
                : Sentence.at(
                        Place.of(pipelines.get(0).path("dvc.yaml")),
                        PlainText.name(pipelines.get(0).path("dvc.yaml")) + " declares no stages.",
                        hint);
    }

    private Ruling judge(Case subject) {
        int met = spec.names().isEmpty() ? anyStages() : namedStages();
        int all =
                spec.names().isEmpty() ? Math.max(1, spec.min()) : spec.names().size();
        for (StagePart part : List.of(StagePart.PARAMS, StagePart.METRICS)) {
            if (spec.require().contains(part)) {
                all++;
                met += ofPipeline(part) ? 1 : 0;
            }
        }
        if (met == all) {
            return Ruling.full("Declared" + (spec.require().isEmpty() ? "" : " with " + parts()) + ": "
                    + PlainText.list(stages.stream().map(Stage::name).toList()) + ".");
        }
        return Ruling.part(
                subject.full().part(met, all),
                Sentence.at(
                        where,
                        met + " of " + all + " requirements are met. " + String.join(" ", faults),
                        "Edit dvc.yaml as said, run dvc repro, and commit dvc.yaml and dvc.lock."));
    }

    private int namedStages() {
        int met = 0;
        for (String name : spec.names()) {
            Optional<Stage> stage = stages.stream()
                    .filter(s ->
                            s.name().equals(name) || StageFates.base(s.name()).equals(name))
                    .findFirst();
            if (stage.isEmpty()) {
                faults.add("There is no stage " + PlainText.quoted(name)
                        + NearestName.hint(
                                name, stages.stream().map(Stage::name).toList()) + ".");
            } else if (complete(stage.get())) {
                met++;
            }
        }
        return met;
    }

    private int anyStages() {
        int met = (int) stages.stream().filter(this::complete).count();
        int wanted = Math.max(1, spec.min());
        if (met >= wanted) {
            faults.clear(); // the first stage of a pipeline may well depend on nothing
            where = null;
        }
        if (met < wanted && stages.size() < wanted) {
            faults.add("At least " + PlainText.count(wanted, "stage") + " expected, " + stages.size() + " declared: "
                    + PlainText.list(stages.stream().map(Stage::name).toList()) + ".");
        }
        return Math.min(met, wanted);
    }

    private boolean complete(Stage stage) {
        boolean deps = !spec.require().contains(StagePart.DEPS) || !stage.deps().isEmpty();
        boolean outs = !spec.require().contains(StagePart.OUTS) || !stage.outs().isEmpty();
        if (!deps || !outs) {
            String lacking = deps ? "outs" : outs ? "deps" : "deps and no outs";
            fault(
                    stage.where(),
                    "Stage " + PlainText.name(stage.name()) + " ("
                            + PlainText.name(stage.where().toString()) + ") declares no " + lacking + ".");
        }
        return deps && outs;
    }

    private boolean ofPipeline(StagePart part) {
        boolean there = stages.stream()
                .anyMatch(stage -> part == StagePart.PARAMS
                        ? !stage.params().isEmpty()
                        : metrics || stage.outs().stream().anyMatch(out -> out.kind() == OutputKind.METRIC));
        if (!there && part == StagePart.PARAMS) {
            List<Stage> asFile = stages.stream()
                    .filter(stage -> stage.deps().stream().anyMatch(dep -> dep.endsWith("params.yaml")))
                    .toList();
            fault(
                    (asFile.isEmpty() ? stages : asFile).getFirst().where(),
                    switch (asFile.size()) {
                        case 0 -> "No stage declares params.";
                        case 1 ->
                            "Stage " + PlainText.name(asFile.getFirst().name())
                                    + " lists params.yaml under deps; list its keys under params instead.";
                        default ->
                            "Stages "
                                    + PlainText.list(
                                            asFile.stream().map(Stage::name).toList())
                                    + " list params.yaml under deps; list the keys that each uses under its params instead.";
                    });
        } else if (!there) {
            fault(stages.get(stages.size() - 1).where(), "No stage declares metrics.");
        }
        return there;
    }

    private void fault(Place place, String words) {
        where = where == null ? place : where;
        faults.add(words);
    }

    private String parts() {
        return spec.require().stream()
                .sorted()
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
