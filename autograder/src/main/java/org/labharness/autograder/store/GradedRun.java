package org.labharness.autograder.store;

import java.util.List;
import java.util.Map;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;

/**
 * The last run of a submission that left evidence, with what it is worth now.
 *
 * @param evidence digest under which it is kept
 * @param requests what was collected
 * @param points what the evaluation that counts gave for each check
 */
public record GradedRun(
        long submission,
        Owner owner,
        String commit,
        long run,
        String evidence,
        List<String> requests,
        Map<CheckId, Points> points) {
    public GradedRun {
        requests = List.copyOf(requests);
        points = Map.copyOf(points);
    }
}
