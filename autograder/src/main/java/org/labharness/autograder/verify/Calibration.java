package org.labharness.autograder.verify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.labharness.autograder.check.ShuffledQuality;
import org.labharness.lab.Check;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.InterventionCheck.LabelsShuffled;
import org.labharness.lab.Lab;
import org.labharness.pipeline.evidence.Evidence;

/**
 * Whether thresholds of chance are far enough from what the solution reaches by luck: its labels are shuffled several times.
 *
 * @param words what was reached
 * @param holds whether every draw stayed below the threshold
 */
record Calibration(String words, boolean holds) {
    private static final int DRAWS = 5;

    /** The lab as its solution is graded with it. */
    static Lab widened(Lab lab) {
        return lab.with(lab.checks().stream().map(Calibration::widened).toList());
    }

    private static Check widened(Check check) {
        return check.spec() instanceof InterventionCheck.LabelsShuffled spec
                ? new Check(check.id(), check.title(), check.points(), spec.drawn(DRAWS), check.hint())
                : check;
    }

    static List<Calibration> of(Lab lab, Evidence evidence) {
        return ShuffledQuality.of(widened(lab), evidence).entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Calibration::of)
                .toList();
    }

    private static Calibration of(Map.Entry<Check, List<Double>> entry) {
        LabelsShuffled spec = (LabelsShuffled) entry.getKey().spec();
        double highest =
                entry.getValue().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        boolean holds = highest <= spec.atMost().doubleValue();
        String seen = String.format(
                Locale.ROOT,
                "'%s': with shuffled labels the solution reaches %.2f of the way from chance to perfect (the highest of %d"
                        + " shufflings); at-most is %s.",
                entry.getKey().id(),
                highest,
                entry.getValue().size(),
                spec.atMost().toPlainString());
        return new Calibration(
                holds
                        ? seen
                        : seen
                                + " Honest work would lose points by luck: raise at-most, or give more test rows or draws.",
                holds);
    }
}
