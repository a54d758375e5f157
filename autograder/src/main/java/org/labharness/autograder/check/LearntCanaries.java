package org.labharness.autograder.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.lab.Check;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Lab;
import org.labharness.pipeline.evidence.Evidence;

/** What a model of good work learns of planted rows: what a lab's threshold has to be below. */
public final class LearntCanaries {
    private LearntCanaries() {}

    /**
     * Shares of the planted rows that the model gives their label, by the checks {@code canaries-learnt} of a lab: first before they were planted, then
     * after each time; none where that is not known.
     */
    public static Map<Check, List<Double>> of(Lab lab, Evidence evidence) {
        Map<Check, List<Double>> reached = new LinkedHashMap<>();
        for (Check check : lab.checks()) {
            if (check.spec() instanceof InterventionCheck.CanariesLearnt spec) {
                reached.put(check, CanariesRule.shares(spec, new Case(check, lab.prices(), evidence, null)));
            }
        }
        return reached;
    }
}
