package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.QualityMetric;

/**
 * Predictions that were taken, with what they score in public. What they score in private is kept elsewhere until the close.
 *
 * @param id its number in the database
 * @param by who handed it in
 * @param received server time
 * @param file the name that it came under
 * @param digest of the bytes, under which they are kept
 * @param predictions digest of what is predicted, the same for the same predictions in another order
 * @param scores on the public rows, exact; none where the labels have changed since
 */
public record Entry(
        long id,
        Owner owner,
        StudentId by,
        Instant received,
        String file,
        String digest,
        String predictions,
        Map<QualityMetric, BigDecimal> scores) {
    public Entry {
        scores = Map.copyOf(scores);
    }
}
