package org.labharness.autograder.check;

import java.util.Optional;

/** Why something that needs a whole run first could not be tried. */
final class NotTried {
    private NotTried() {}

    /**
     * Whose matter it is follows from what kept the first run from its end.
     *
     * @param untried what could not be tried, a sentence
     * @param notMade the harness's own words where the run gives no reason
     */
    static Ruling because(String untried, String notMade, Case subject) {
        RunStory story = new RunStory(subject.evidence());
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
                .orElseGet(() -> Ruling.ours(notMade));
    }
}
