package org.labharness.autograder.check;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.SecondRunFacts;

/** {@code second-run-does-nothing}: one stage that wants to run again loses all points. */
final class SecondRunRule {
    private SecondRunRule() {}

    static Ruling judge(Case subject) {
        SecondRunFacts second = subject.evidence().secondRun();
        RunStory story = new RunStory(subject.evidence());
        if (second == null) {
            return untried(subject, story);
        }
        if (second.stages().isEmpty()) {
            return Ruling.full("A second dvc repro right after the first ran nothing.");
        }
        SecondRunFacts.Rerun first = second.stages().get(0);
        String others = second.stages().size() == 1
                ? ""
                : " Also: "
                        + PlainText.list(second.stages().stream()
                                .skip(1)
                                .map(SecondRunFacts.Rerun::stage)
                                .toList())
                        + ".";
        return Ruling.absent(Sentence.at(
                where(first.stage(), subject),
                "A second dvc repro right after the first wanted to run " + PlainText.name(first.stage()) + " again: "
                        + RunStory.ended(first.reason()) + others,
                "A stage must not write what it or an earlier stage depends on, nor be always_changed; declare as deps"
                        + " only what is input. dvc status names what changed."));
    }

    private static Ruling untried(Case subject, RunStory story) {
        String untried = "A second run could not be tried.";
        Optional<Sentence> ours = story.ours();
        if (ours.isPresent()) {
            return Ruling.ours(subject.because(untried, ours.get()).message());
        }
        Optional<Sentence> failure = story.failure();
        if (failure.isPresent()) {
            return Ruling.absent(subject.because(untried, failure.get()));
        }
        Optional<Sentence> data = story.unreachable();
        if (data.isPresent()) {
            return Ruling.theirs(subject.unreachable(subject.full()), subject.because(untried, data.get()));
        }
        boolean ran = story.fates().count(Blame.RAN) > 0;
        return story.frozen()
                .filter(frozen -> !ran)
                .map(frozen -> Ruling.absent(subject.because(untried, frozen)))
                .orElseGet(() -> Ruling.ours("The second run was not made."));
    }

    private static @Nullable Place where(String stage, Case subject) {
        return subject.evidence().pipelines().stream()
                .flatMap(pipeline -> pipeline.stages().stream()
                        .filter(declared -> full(pipeline, declared.name()).equals(stage)))
                .findFirst()
                .map(PipelineFacts.Stage::where)
                .orElse(null);
    }

    private static String full(PipelineFacts pipeline, String stage) {
        return pipeline.directory().isEmpty() ? stage : pipeline.directory() + "/" + stage;
    }
}
