package org.labharness.autograder.regrade;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.labharness.autograder.check.Checks;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.store.GradedRun;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.Lab;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.Evidence;

/** Evaluates stored evidence by a rubric; runs nothing. Safe for use by several threads. */
public final class Reevaluator {
    private final Lab lab;
    private final Map<CheckId, List<String>> requests;
    private final Function<String, Evidence> evidence;

    /**
     * @param lab as it is now
     * @param evidence gives what is kept under a digest, or fails with {@link SystemBroke}
     */
    public Reevaluator(Lab lab, Function<String, Evidence> evidence) {
        this.lab = lab;
        this.requests = lab.checks().stream().collect(Collectors.toMap(Check::id, Facts::requests));
        this.evidence = evidence;
    }

    /** Evaluates all, in the order given, on as many processors as there are. */
    public List<Reevaluation> all(List<GradedRun> runs) {
        return runs.parallelStream().map(this::one).toList();
    }

    private Reevaluation one(GradedRun run) {
        Set<String> collected = new HashSet<>(run.requests());
        List<CheckId> lacking = lab.checks().stream()
                .map(Check::id)
                .filter(check -> !collected.containsAll(requests.getOrDefault(check, List.of())))
                .toList();
        if (!lacking.isEmpty()) {
            return new Reevaluation.Lacking(run, lacking);
        }
        try {
            return Reevaluation.Evaluated.of(
                    run, Scorecard.of(lab, Checks.evaluate(lab, evidence.apply(run.evidence()))));
        } catch (SystemBroke lost) {
            return new Reevaluation.Lost(run, String.valueOf(lost.getMessage()));
        }
    }
}
