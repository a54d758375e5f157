package org.labharness.autograder.check;

import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.SecondRunFacts;

/** {@code second-run-does-nothing}: one stage that wants to run again loses all points. */
final class SecondRunRule {
    private SecondRunRule() {}

    static Ruling judge(Case subject) {
        SecondRunFacts second = subject.evidence().secondRun();
        if (second == null) {
            return NotTried.because("A second run could not be tried.", "The second run was not made.", subject);
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
