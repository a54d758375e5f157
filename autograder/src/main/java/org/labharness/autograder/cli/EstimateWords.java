package org.labharness.autograder.cli;

import java.time.Duration;
import java.util.Locale;
import org.labharness.autograder.job.Estimate;

/** How long a class will take, in words. */
final class EstimateWords {
    private EstimateWords() {}

    static String of(Estimate estimate) {
        String skipped = estimate.skipped() == 0
                ? ""
                : " " + CollectionWords.counted(estimate.skipped(), "is", "are")
                        + " judged by this rubric already (--force runs "
                        + (estimate.skipped() == 1 ? "it" : "them") + " again).";
        if (estimate.submissions() == 0) {
            return "Nothing is to be graded." + skipped;
        }
        double slots = estimate.work().toSeconds() / 3600.0;
        String most = estimate.measured() ? "about " : "at most ";
        String hours = slots < 0.01 ? "less than 0.01" : most + String.format(Locale.ROOT, "%.2f", slots);
        return CollectionWords.counted(estimate.submissions(), "submission", "submissions") + " to grade, "
                + hours
                + " slot-hours" + (estimate.measured() ? "" : " by the labs' time limits")
                + ", " + estimate.atOnce() + " at once: " + most + duration(estimate.wall()) + "." + skipped;
    }

    /** {@code 45 s}, {@code 12 min}, {@code 3 h 5 min}. */
    static String duration(Duration duration) {
        if (duration.toSeconds() < 90) {
            return Math.max(1, duration.toSeconds()) + " s";
        }
        long minutes = (duration.toSeconds() + 30) / 60;
        return minutes < 90 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
