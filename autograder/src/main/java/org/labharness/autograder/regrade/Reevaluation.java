package org.labharness.autograder.regrade;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.store.GradedRun;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;
import org.labharness.lab.Verdict;

/** What the rubric as it is now makes of one submission. */
public sealed interface Reevaluation {
    GradedRun run();

    /**
     * It was evaluated.
     *
     * @param scorecard by the rubric as it is now
     */
    record Evaluated(GradedRun run, Scorecard scorecard) implements Reevaluation {
        /** Checks whose points differ, in the rubric's order, then those that the rubric has no longer. */
        public List<Difference> differences() {
            List<Difference> differences = new ArrayList<>();
            for (Verdict verdict : scorecard.verdicts()) {
                Points before = run.points().get(verdict.id());
                if (before == null || before.compareTo(verdict.points()) != 0) {
                    differences.add(new Difference(verdict.id(), before, verdict.points(), verdict.message()));
                }
            }
            run.points().keySet().stream()
                    .sorted()
                    .filter(id -> scorecard.verdicts().stream()
                            .noneMatch(verdict -> verdict.id().equals(id)))
                    .forEach(id ->
                            differences.add(new Difference(id, run.points().get(id), null, "")));
            return differences;
        }
    }

    /**
     * The rubric needs what no run has collected.
     *
     * @param checks that need it
     */
    record Lacking(GradedRun run, List<CheckId> checks) implements Reevaluation {
        public Lacking {
            checks = List.copyOf(checks);
        }
    }

    /**
     * The evidence is not there any more, or cannot be read.
     *
     * @param why one sentence
     */
    record Lost(GradedRun run, String why) implements Reevaluation {}

    /**
     * A check that is worth something else now.
     *
     * @param before null where the rubric did not have it
     * @param after null where it has it no longer
     * @param message why it is worth what it is now; empty where it is gone
     */
    record Difference(
            CheckId check,
            @Nullable Points before,
            @Nullable Points after,
            String message) {}
}
