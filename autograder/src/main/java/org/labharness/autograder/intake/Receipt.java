package org.labharness.autograder.intake;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.challenge.Refused;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.QualityMetric;

/** What whoever handed in predictions is told. It holds nothing private. */
public sealed interface Receipt {
    /**
     * They were taken.
     *
     * @param shown public scores, rounded
     * @param today how many of this day, with this one
     * @param inAll how many altogether, with this one
     */
    record Taken(Owner owner, long entry, Map<QualityMetric, BigDecimal> shown, int today, int inAll)
            implements Receipt {
        public Taken {
            shown = Map.copyOf(shown);
        }
    }

    record NotTaken(Owner owner, Refused refused) implements Receipt {}

    /**
     * What measuring anew did.
     *
     * @param lost entries whose files are gone or are none any more
     */
    record Rescored(int entries, List<Long> lost) {
        public Rescored {
            lost = List.copyOf(lost);
        }
    }
}
