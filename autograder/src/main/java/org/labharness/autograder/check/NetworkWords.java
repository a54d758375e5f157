package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.StageRun;

/** Words for stages that were stopped because a run reaches nothing on the network. */
final class NetworkWords {
    private NetworkWords() {}

    /** What the stage wanted of the network; empty where something else stopped it. */
    static Optional<Sentence> of(StageRun stage, RunStory story) {
        StageScripts scripts = new StageScripts(story.evidence(), story.fates());
        return HostedService.stopped(stage, scripts)
                .map(service -> sentence(
                        stage,
                        story,
                        service.where(),
                        RunStory.ended(service.message()),
                        service.hint(),
                        "calls a hosted service that cannot be reached"))
                .or(() -> NoNetwork.stopped(stage, scripts)
                        ? Optional.of(fetching(stage, story, NoNetwork.called(stage, scripts)))
                        : Optional.empty());
    }

    private static Sentence fetching(StageRun stage, RunStory story, Optional<Finding> call) {
        return sentence(
                stage,
                story,
                call.map(Finding::where).orElseGet(() -> story.where(stage)),
                "it fetches something from the network"
                        + call.map(finding -> RunStory.at(finding.where())).orElse("")
                        + ", and a run reaches nothing there.",
                NoNetwork.placed(stage, story.evidence().run()).isEmpty()
                        ? "Keep what it fetches in the repository or under DVC, so that the work can be repeated without the"
                                + " network; or ask whether the course provides it."
                        : "What it fetches is in the repository already: take the stage out of dvc.yaml and keep the data under DVC"
                                + " (dvc add), so that the work can be repeated without the network.",
                "fetches something from the network");
    }

    private static Sentence sentence(
            StageRun stage, RunStory story, @Nullable Place where, String why, String hint, String cause) {
        String name = story.named(stage);
        return Sentence.at(
                        where,
                        name + " could not be tried to its end: " + why + placed(stage, story)
                                + RunStory.lastError(stage),
                        hint)
                .causing(RunStory.lower(name) + " " + cause);
    }

    private static String placed(StageRun stage, RunStory story) {
        List<String> placed = NoNetwork.placed(stage, story.evidence().run());
        return placed.isEmpty()
                ? ""
                : " What it once made ("
                        + PlainText.list(placed.stream().map(PlainText::quoted).toList())
                        + ") is in the repository, and the stages after it were tried with that.";
    }
}
