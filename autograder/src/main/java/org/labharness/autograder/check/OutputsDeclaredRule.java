package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.Evidence;

/** {@code outputs-declared}: one undeclared file loses all points; stages that did not run lose their part. */
final class OutputsDeclaredRule {
    /** What a program writes about its work is no output of a stage. */
    private static final Pattern BESIDE = Pattern.compile("(?:.*/)?logs?/.*|.*\\.log(?:\\.[0-9]+)?");
    /** What lies in a folder of MLflow's at the top of the repository. */
    private static final Pattern STORE_AT_TOP = Pattern.compile("(?:[0-9]{1,20}|models|\\.trash)/.*");

    private static final String UNSEEN = "What the stages write could not be looked at.";

    private OutputsDeclaredRule() {}

    static Ruling judge(Case subject) {
        Evidence evidence = subject.evidence();
        RunStory story = new RunStory(evidence);
        List<String> undeclared = evidence.run().undeclared().stream()
                .filter(path -> !BESIDE.matcher(path).matches() && !isTracked(path, evidence))
                .toList();
        if (!undeclared.isEmpty()) {
            return Ruling.absent(undeclared(undeclared, evidence));
        }
        Optional<Sentence> nothing = story.nothingRan().or(story::onlyReplaced);
        if (nothing.isPresent()) {
            return Ruling.absent(subject.because(UNSEEN, nothing.get()));
        }
        int all = story.fates().stages().size();
        int seen = story.fates().count(Blame.RAN) + story.fates().count(Blame.FROZEN);
        int ours = story.fates().count(Blame.OURS);
        int data = story.fates().count(Blame.DATA);
        if (ours > 0) {
            return Ruling.ours(
                    subject.share(seen + ours, 0, data, all),
                    subject.because(UNSEEN, story.ours().orElseThrow()).message());
        }
        if (story.fates().count(Blame.FROZEN) == all) {
            return Ruling.absent(subject.because(UNSEEN, story.frozen().orElseThrow()));
        }
        if (seen == all) {
            return Ruling.full("The run wrote nothing but what dvc.yaml declares.");
        }
        Sentence why = story.failure().or(story::unreachable).orElseThrow();
        Sentence sentence = subject.because(
                seen == 0
                        ? UNSEEN
                        : seen + " of " + PlainText.count(all, "stage") + " wrote only what is declared; what the"
                                + " others would write could not be looked at.",
                why);
        return data > 0 && seen + data == all
                ? Ruling.theirs(subject.share(seen, 0, data, all), sentence)
                : Ruling.part(subject.share(seen, 0, data, all), sentence);
    }

    /** Whether a path is a part of a store that MLflow wrote: runs are tracked beside the pipeline, not by it. */
    private static boolean isTracked(String path, Evidence evidence) {
        return evidence.tracking().stream().anyMatch(store -> switch (store.kind()) {
            case SERVER -> false;
            case SQLITE ->
                path.startsWith(store.store())
                        && path.substring(store.store().length()).matches("|-wal|-shm|-journal");
            case FILE ->
                store.store().equals(".") ? STORE_AT_TOP.matcher(path).matches() : path.startsWith(store.store() + "/");
        });
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
