package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/**
 * Runs by the names that their makers gave them. One that MLflow made up ({@code tasteful-snail-773}) tells nobody anything, and is
 * another at each grading of the same commit.
 */
final class RunNames {
    private static final Pattern MADE_UP = Pattern.compile("[a-z]+-[a-z]+-[0-9]{1,4}");

    private RunNames() {}

    /** @param all how many runs are spoken of */
    static String of(List<MlflowRun> runs, int all) {
        if (all == 1) {
            return "the run";
        }
        List<String> words = new ArrayList<>();
        int unnamed = 0;
        for (MlflowRun run : runs) {
            if (isNamed(run)) {
                words.add(run.name());
            } else {
                unnamed++;
            }
        }
        if (unnamed > 0 && words.isEmpty()) {
            return unnamed + " of " + all + " runs";
        }
        String named = words.isEmpty() ? "" : PlainText.list(words);
        return unnamed == 0
                ? named
                : named + " and " + PlainText.count(unnamed, "run") + " without a name of "
                        + (unnamed == 1 ? "its" : "their") + " own";
    }

    /** One of several. */
    static String of(MlflowRun run) {
        return isNamed(run) ? "the run " + PlainText.quoted(run.name()) : "a run without a name of its own";
    }

    static boolean isNamed(MlflowRun run) {
        return !run.name().isBlank() && !MADE_UP.matcher(run.name()).matches();
    }
}
