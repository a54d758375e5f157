package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.Points;
import org.labharness.pipeline.evidence.StageRun;

/** {@code reproduces}: a part of the points for each stage that ran from a clean clone. */
final class ReproducesRule {
    private ReproducesRule() {}

    static Ruling judge(DvcCheck.Reproduces spec, Case subject) {
        RunStory story = new RunStory(subject.evidence());
        Optional<Sentence> nothing = story.nothingRan().or(story::onlyReplaced);
        if (nothing.isPresent()) {
            return Ruling.absent(nothing.get());
        }
        List<StageRun> wanted = story.fates().stages().stream()
                .filter(stage ->
                        spec.stages().isEmpty() || spec.stages().stream().anyMatch(name -> called(stage, name)))
                .toList();
        List<String> missing = new ArrayList<>(spec.stages().stream()
                .filter(name -> subject.evidence().run().stages().stream().noneMatch(stage -> called(stage, name)))
                .toList());
        if (spec.stages().isEmpty()) {
            missing.addAll(withoutCommand(subject));
        }
        if (wanted.isEmpty() && missing.isEmpty()) {
            return Ruling.full("The lab itself provides what " + PlainText.list(spec.stages())
                    + " would make, so nothing of it was left to run.");
        }
        return judge(wanted, missing, story, subject);
    }

    private static Ruling judge(List<StageRun> wanted, List<String> missing, RunStory story, Case subject) {
        int all = wanted.size() + missing.size();
        int ran = count(wanted, Blame.RAN, story);
        int data = count(wanted, Blame.DATA, story);
        int ours = count(wanted, Blame.OURS, story);
        int repaired = (int) wanted.stream()
                .filter(stage -> !subject.evidence().run().neededBy(stage).isEmpty())
                .count();
        if (ran == all && repaired > 0) {
            return Ruling.part(subject.afterRepair(subject.full(), repaired, all), story.repaired(wanted));
        }
        if (ran == all) {
            return Ruling.full(
                    all == 1
                            ? "The one stage ran from a clean clone."
                            : "All " + all
                                    + " stages ran from a clean clone: "
                                    + PlainText.list(wanted.stream()
                                            .map(StageRun::fullName)
                                            .toList()) + ".");
        }
        Points points = subject.afterRepair(subject.share(ran + ours, 0, data, all), repaired, all);
        if (ours > 0) {
            return Ruling.ours(points, story.ours().map(Sentence::message).orElse("A stage could not be run here."));
        }
        List<Sentence> reasons = reasons(wanted, missing, story, subject);
        StringBuilder message = new StringBuilder(ran + " of " + PlainText.count(all, "stage") + " ran.");
        reasons.stream().limit(3).forEach(reason -> message.append(' ').append(reason.message()));
        int inherited = (int) wanted.stream()
                .filter(stage -> stage.problem() != null && stage.problem().kind() == StageRun.Kind.EARLIER_STAGE)
                .count();
        if (inherited > 0) {
            message.append(" Not reached because of that: ")
                    .append(PlainText.list(wanted.stream()
                            .filter(stage ->
                                    stage.problem() != null && stage.problem().kind() == StageRun.Kind.EARLIER_STAGE)
                            .map(StageRun::fullName)
                            .toList()))
                    .append('.');
        }
        Sentence first = reasons.get(0);
        Sentence sentence = new Sentence(message.toString(), first.hint(), first.where(), first.cause());
        return data > 0 && ran + data == all ? Ruling.theirs(points, sentence) : Ruling.part(points, sentence);
    }

    private static List<Sentence> reasons(List<StageRun> wanted, List<String> missing, RunStory story, Case subject) {
        List<Sentence> reasons = new ArrayList<>();
        Map<Object, List<StageRun>> byCause = new LinkedHashMap<>();
        wanted.stream()
                .filter(stage -> story.fates().blame(stage) != Blame.RAN)
                .filter(stage -> stage.problem() == null || stage.problem().kind() != StageRun.Kind.EARLIER_STAGE)
                .sorted(Comparator.comparing(stage -> story.fates().blame(stage)))
                .forEach(stage -> byCause.computeIfAbsent(cause(stage, story), key -> new ArrayList<>())
                        .add(stage));
        byCause.values().forEach(stages -> reasons.add(reason(stages, story)));
        List<String> known = subject.evidence().run().stages().stream()
                .map(StageRun::fullName)
                .toList();
        missing.forEach(name -> reasons.add(Sentence.of(
                "There is no stage " + PlainText.quoted(name) + " with a command" + NearestName.hint(name, known) + ".",
                "Add it to dvc.yaml, or give it that name, then dvc repro and commit.")));
        if (reasons.isEmpty()) {
            story.failure().or(story::unreachable).ifPresent(reasons::add);
        }
        if (reasons.isEmpty()) {
            reasons.add(
                    Sentence.of("The run did not say why.", "Run dvc repro -f in a fresh clone and read its output."));
        }
        return reasons;
    }

    /** What stages have in common that are told of in one sentence: the data that they lack, or why DVC runs none of them. */
    private static Object cause(StageRun stage, RunStory story) {
        if (stage.problem() != null && stage.problem().kind() == StageRun.Kind.PIPELINE_INVALID) {
            return stage.problem();
        }
        if (stage.problem() == null || stage.problem().kind() != StageRun.Kind.DATA_UNREACHABLE) {
            return stage;
        }
        int needs = stage.problem().message().indexOf("it needs ");
        return needs < 0
                ? DataWords.lacking(stage, story).map(Object.class::cast).orElse(stage)
                : stage.problem().message().substring(needs);
    }

    private static Sentence reason(List<StageRun> stages, RunStory story) {
        StageRun first = stages.get(0);
        if (first.problem() != null && first.problem().kind() == StageRun.Kind.PIPELINE_INVALID) {
            return new StageFailure(story).invalid(stages);
        }
        if (stages.size() > 1) {
            return DataWords.outOfReach(stages, story);
        }
        return story.fates().blame(first) == Blame.FROZEN ? story.frozen(first) : story.failed(first);
    }

    /** Stages with an empty command: DVC takes their outputs as they are, and so never runs them. */
    private static List<String> withoutCommand(Case subject) {
        return subject.evidence().pipelines().stream()
                .flatMap(pipeline -> pipeline.stages().stream()
                        .filter(stage -> stage.commands().stream().allMatch(String::isBlank))
                        .map(stage -> pipeline.path(stage.name())))
                .filter(name -> subject.evidence().run().stages().stream()
                        .noneMatch(stage -> stage.fullName().equals(name)))
                .toList();
    }

    private static int count(List<StageRun> stages, Blame blame, RunStory story) {
        return (int) stages.stream()
                .filter(stage -> story.fates().blame(stage) == blame)
                .count();
    }

    private static boolean called(StageRun stage, String name) {
        return stage.fullName().equals(name)
                || stage.name().equals(name)
                || StageFates.base(stage.name()).equals(name);
    }
}
