package org.labharness.autograder.report;

import java.util.List;
import java.util.Locale;
import org.labharness.autograder.check.PlainText;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.StageRun;

/** What was changed for another run, and what followed, in a line each. */
final class ChangeWords {
    private ChangeWords() {}

    static String change(InterventionFacts facts) {
        InterventionFacts.Untried untried = facts.untried();
        if (untried != null) {
            return PlainText.line(untried.message(), 300);
        }
        return facts.change().isEmpty()
                ? "no copy of an output was found, so nothing was taken away"
                : PlainText.line(facts.change(), 300);
    }

    static String followed(InterventionFacts facts) {
        if (facts.stages().isEmpty()) {
            return "not run";
        }
        List<String> failed = facts.named(StageRun.Status.FAILED);
        List<String> ran = facts.ran();
        String words = ran.isEmpty() ? "" : String.join(", ", ran) + " ran";
        String ends = failed.isEmpty() ? "" : String.join(", ", failed) + " failed";
        return PlainText.line(
                words.isEmpty() && ends.isEmpty()
                        ? "nothing ran"
                        : words + (words.isEmpty() || ends.isEmpty() ? "" : ", ") + ends,
                200);
    }

    static String seconds(InterventionFacts facts) {
        return String.format(Locale.ROOT, "%.1f s", facts.seconds());
    }
}
