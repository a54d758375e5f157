package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.StageRun;

/** Words for stages that lack data. */
final class DataWords {
    private DataWords() {}

    /** Stages that one cause keeps from running, told once. */
    static Sentence outOfReach(List<StageRun> stages, RunStory story) {
        StageRun first = stages.get(0);
        String names = stages.size() == 1
                ? story.named(first)
                : "Stages "
                        + PlainText.list(stages.stream().map(StageRun::fullName).toList());
        return lacking(first, story)
                .map(facts -> Sentence.at(
                                facts.tracker().isEmpty() ? story.where(first) : Place.of(facts.tracker()),
                                names + " could not be tried, because " + PlainText.name(facts.path())
                                        + " cannot be had from a clean clone: "
                                        + RunStory.ended(inSentence(facts.reason())),
                                DataAdvice.of(facts))
                        .causing(PlainText.name(facts.path()) + " cannot be had from a clean clone"))
                .orElseGet(() -> Sentence.at(
                                story.where(first),
                                names + " could not be tried: "
                                        + RunStory.detail(first, "data cannot be reached.")
                                                .replaceFirst("^not reached: ", ""),
                                "Give the repository a DVC remote that others can read, then dvc push and commit"
                                        + " .dvc/config.")
                        .causing("data cannot be reached"));
    }

    private static String inSentence(String text) {
        return text.startsWith("The ") ? "the" + text.substring(3) : text;
    }

    /** The data, of those that cannot be had, that a stage needs. */
    static Optional<DataFacts> lacking(StageRun stage, RunStory story) {
        List<String> deps =
                story.fates().declared(stage).map(PipelineFacts.Stage::deps).orElse(List.of());
        return story.evidence().data().stream()
                .filter(facts -> !facts.reachable())
                .filter(facts -> deps.isEmpty() || deps.stream().anyMatch(dep -> related(dep, facts.path())))
                .findFirst();
    }

    private static boolean related(String dep, String path) {
        return dep.equals(path) || path.startsWith(dep + "/") || dep.startsWith(path + "/");
    }
}
