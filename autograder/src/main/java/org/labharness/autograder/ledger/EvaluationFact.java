package org.labharness.autograder.ledger;

import java.time.Instant;
import java.util.List;
import org.labharness.lab.Points;
import org.labharness.lab.Verdict;

/**
 * What a rubric made of a run. The same run, rubric and harness are one evaluation.
 *
 * @param rubric digest of the lab as it was
 * @param harness version of the program
 * @param bonus what was earned on top
 * @param held something of it is the harness's own matter: the points are provisional
 */
public record EvaluationFact(
        String rubric,
        String harness,
        Points points,
        Points of,
        Points bonus,
        boolean held,
        List<Verdict> verdicts,
        Instant at) {
    public EvaluationFact {
        verdicts = List.copyOf(verdicts);
    }
}
