package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.Evidence;

/** {@code outputs-declared}: one undeclared file loses all points; stages that did not run lose their part. */
final class OutputsDeclaredRule {
    private OutputsDeclaredRule() {}

    static Ruling judge(Case subject) {
        Evidence evidence = subject.evidence();
        RunStory story = new RunStory(evidence);
        List<String> undeclared = evidence.run().undeclared();
        if (!undeclared.isEmpty()) {
            return Ruling.absent(undeclared(undeclared, evidence));
        }
        Optional<Sentence> nothing = story.nothingRan();
        if (nothing.isPresent()) {
            return Ruling.absent(nothing.get());
        }
        int all = story.fates().stages().size();
        int seen = story.fates().count(Blame.RAN) + story.fates().count(Blame.FROZEN);
        int ours = story.fates().count(Blame.OURS);
        int data = story.fates().count(Blame.DATA);
        if (all == 0 || ours > 0) {
            return Ruling.ours(
                    all == 0 ? null : subject.share(seen + ours, 0, data, all),
                    story.ours().orElse("No stage of your own was run here."));
        }
        if (seen == all) {
            return Ruling.full("The run wrote nothing but what dvc.yaml declares.");
        }
        Sentence why = story.failure().or(story::unreachable).orElseThrow();
        Sentence sentence = why.after(
                seen == 0
                        ? "No stage ran, so nothing that one writes could be looked at."
                        : seen + " of " + PlainText.count(all, "stage") + " wrote only what is declared; what the"
                                + " others would write could not be looked at.");
        return data > 0 && seen + data == all
                ? Ruling.theirs(subject.share(seen, 0, data, all), sentence)
                : Ruling.part(subject.share(seen, 0, data, all), sentence);
    }

    private static Sentence undeclared(List<String> paths, Evidence evidence) {
        String yaml = evidence.pipelines().isEmpty()
                ? "dvc.yaml"
                : evidence.pipelines().get(0).path("dvc.yaml");
        return Sentence.at(
                Place.of(yaml),
                "The run wrote " + (paths.size() == 1 ? "a file" : paths.size() + " files")
                        + " that no stage declares: " + PlainText.list(paths) + ".",
                "Add it to the outs of the stage that writes it (or metrics, plots; with cache: false where Git keeps"
                        + " it) in " + PlainText.name(yaml) + ", then dvc repro and commit.");
    }
}
