package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.util.Map;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.QualityMetric;

/**
 * Where somebody stands after the close.
 *
 * @param rank by the exact private score; of equals the earlier entry is first
 * @param entry the one that counts
 * @param scores of that entry on the private rows
 * @param exact its ranking score there
 * @param open where its owner stood in public
 */
public record FinalStanding(
        int rank, Owner owner, Entry entry, Map<QualityMetric, BigDecimal> scores, BigDecimal exact, Standing open) {
    public FinalStanding {
        scores = Map.copyOf(scores);
    }

    /** Ranks won since the public board; negative where they are lost. */
    public int change() {
        return open.rank() - rank;
    }
}
