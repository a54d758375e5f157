package org.labharness.autograder.verify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.labharness.autograder.check.LearntCanaries;
import org.labharness.autograder.check.ShuffledQuality;
import org.labharness.lab.Check;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.InterventionCheck.CanariesLearnt;
import org.labharness.lab.InterventionCheck.LabelsShuffled;
import org.labharness.lab.Lab;
import org.labharness.pipeline.evidence.Evidence;

/**
 * Whether thresholds are far enough from what the solution reaches by luck: its labels are shuffled several times, rows are planted at several places.
 *
 * @param words what was reached
 * @param holds whether every draw stayed on the right side of the threshold
 */
record Calibration(String words, boolean holds) {
    private static final int DRAWS = 5;
    private static final int PLANTINGS = 3;

    /** The lab as its solution is graded with it. */
    static Lab widened(Lab lab) {
        return lab.with(lab.checks().stream().map(Calibration::widened).toList());
    }

    private static Check widened(Check check) {
        if (check.spec() instanceof LabelsShuffled spec) {
            return with(check, spec.drawn(DRAWS));
        }
        return check.spec() instanceof CanariesLearnt spec ? with(check, spec.drawn(PLANTINGS)) : check;
    }

    private static Check with(Check check, CheckSpec spec) {
        return new Check(check.id(), check.title(), check.points(), spec, check.hint(), check.bonus());
    }

    static List<Calibration> of(Lab lab, Evidence evidence) {
        Lab asked = widened(lab);
        return Stream.concat(
                        ShuffledQuality.of(asked, evidence).entrySet().stream()
                                .filter(entry -> !entry.getValue().isEmpty())
                                .map(Calibration::of),
                        LearntCanaries.of(asked, evidence).entrySet().stream()
                                .filter(entry -> !entry.getValue().isEmpty())
                                .map(entry -> ofCanaries(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static Calibration ofCanaries(Check check, List<Double> shares) {
        CanariesLearnt spec = (CanariesLearnt) check.spec();
        double before = shares.getFirst();
        double lowest =
                shares.stream().skip(1).mapToDouble(Double::doubleValue).min().orElse(0);
        double bound = spec.atLeast().doubleValue();
        String seen = String.format(
                Locale.ROOT,
                "'%s': of the planted rows the solution learns %.2f (the lowest of %d plantings; %.2f before); at-least is"
                        + " %s.",
                check.id(),
                lowest,
                shares.size() - 1,
                before,
                spec.atLeast().toPlainString());
        boolean holds = lowest >= bound && before < bound;
        return new Calibration(
                holds
                        ? seen
                        : seen
                                + " Honest work would lose points: lower at-least, or plant more rows whose label the others contradict"
                                + " more clearly.",
                holds);
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
