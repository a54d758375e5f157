package org.labharness.autograder.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.StageRun;

/**
 * A stage that failed for want of a file that another stage makes, of which its {@code deps} say nothing: DVC tries it although that
 * other stage could not run.
 *
 * @param path the file, as that other stage declares it
 * @param maker the stage that makes it and did not run
 */
record UndeclaredNeed(String path, StageRun maker) {
    private static final Pattern NO_FILE = Pattern.compile("No such file or directory:? '?(?:\\./)?([^']{1,200}?)'?$");

    /** Empty where something else stopped the stage. */
    static Optional<UndeclaredNeed> of(StageRun stage, Evidence evidence, StageFates fates) {
        Matcher error = NO_FILE.matcher(stage.log().lastError().strip());
        if (!stage.failedByItself() || !error.find()) {
            return Optional.empty();
        }
        String path = fates.declared(stage)
                .map(declared -> declared.workingDirectory())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> folder + "/" + error.group(1))
                .orElse(error.group(1));
        return evidence.run().stages().stream()
                .filter(StageRun::unfinished)
                .filter(other -> !other.equals(stage))
                .filter(other -> fates.declared(other).stream()
                        .flatMap(declared -> declared.outs().stream())
                        .map(Output::path)
                        .anyMatch(out -> CommittedEnvironmentRule.under(out, path)))
                .findFirst()
                .map(maker -> new UndeclaredNeed(path, maker));
    }

    /** The fault, and what to do about it. */
    Sentence told(StageRun stage, RunStory story) {
        String other = PlainText.name(maker.fullName());
        return Sentence.at(
                        story.where(stage),
                        story.named(stage) + " could not be tried to its end: it reads " + PlainText.name(path)
                                + ", which stage " + other + " makes, and that stage did not run."
                                + RunStory.lastError(stage),
                        "Mend stage " + other + " first, and list " + PlainText.name(path) + " under deps of "
                                + PlainText.name(stage.name()) + " in dvc.yaml, so that DVC knows that it comes after.")
                .causing(RunStory.lower(story.named(stage)) + " lacks what stage " + other + " makes");
    }
}
