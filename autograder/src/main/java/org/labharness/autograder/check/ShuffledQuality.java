package org.labharness.autograder.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.lab.Check;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Lab;
import org.labharness.pipeline.evidence.Evidence;

/** What good work reaches with labels that mean nothing: what a lab's threshold has to be above. */
public final class ShuffledQuality {
    private ShuffledQuality() {}

    /** The quality after each draw, by the checks {@code labels-shuffled} of a lab. */
    public static Map<Check, List<Double>> of(Lab lab, Evidence evidence) {
        Map<Check, List<Double>> reached = new LinkedHashMap<>();
        for (Check check : lab.checks()) {
            if (check.spec() instanceof InterventionCheck.LabelsShuffled spec) {
                reached.put(check, LabelsShuffledRule.qualities(spec, new Case(check, lab.prices(), evidence, null)));
            }
        }
        return reached;
    }
}
