package org.labharness.pipeline.intervene;

import java.util.List;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;
import org.labharness.pipeline.evidence.InterventionFacts.Untried;

/** What became of an attempt to change something. */
public sealed interface Change {
    /**
     * It was made.
     *
     * @param words what was changed, a sentence without its full stop; empty where there was nothing to change
     * @param isToRun whether anything can follow from it
     */
    record Made(String words, List<Changed> changed, boolean isToRun) implements Change {
        public Made {
            changed = List.copyOf(changed);
        }
    }

    /** It could not be made. */
    record NotMade(Untried reason) implements Change {}

    static Change made(String words, List<Changed> changed) {
        return new Made(words, changed, true);
    }

    /** What was to be changed is not in the submission. */
    static Change theirs(String message) {
        return new NotMade(new Untried(Matter.THEIRS, message));
    }

    /** The lab asks for what cannot be done. */
    static Change ours(String message) {
        return new NotMade(new Untried(Matter.OURS, message));
    }
}
