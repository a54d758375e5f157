package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.labharness.lab.Points;

/** Parts of a check that count the same, each of which can be met in part: three of five commits are three fifths of a part. */
final class EqualParts {
    private record Part(int seen, int wanted) {}

    private final List<Part> parts = new ArrayList<>();

    /** @param seen more than wanted counts as wanted */
    void add(int seen, int wanted) {
        parts.add(new Part(Math.min(seen, wanted), wanted));
    }

    boolean areMet() {
        return parts.stream().allMatch(part -> part.seen() == part.wanted());
    }

    /** Exact, and rounded once, half up. */
    Points of(Points full) {
        BigInteger over = BigInteger.ZERO;
        BigInteger under = BigInteger.ONE;
        for (Part part : parts) {
            BigInteger wanted = BigInteger.valueOf(part.wanted());
            over = over.multiply(wanted).add(under.multiply(BigInteger.valueOf(part.seen())));
            under = under.multiply(wanted);
        }
        BigDecimal all = new BigDecimal(under.multiply(BigInteger.valueOf(parts.size())));
        return new Points(full.value().multiply(new BigDecimal(over)).divide(all, 2, RoundingMode.HALF_UP));
    }
}
