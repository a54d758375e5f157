package org.labharness.autograder.regrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
     * @param differences checks whose points differ, in the rubric's order, then those that the rubric has no longer
     */
    record Evaluated(GradedRun run, Scorecard scorecard, List<Difference> differences) implements Reevaluation {
        public Evaluated {
            differences = List.copyOf(differences);
        }

        static Evaluated of(GradedRun run, Scorecard scorecard) {
            List<Difference> differences = new ArrayList<>();
            Map<CheckId, Points> gone = new TreeMap<>(run.points());
            for (Verdict verdict : scorecard.verdicts()) {
                Points before = gone.remove(verdict.id());
                if (before == null || before.compareTo(verdict.points()) != 0) {
                    differences.add(new Difference(verdict.id(), before, verdict.points(), verdict.message()));
                }
            }
            gone.forEach((check, points) -> differences.add(new Difference(check, points, null, "")));
            return new Evaluated(run, scorecard, differences);
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
