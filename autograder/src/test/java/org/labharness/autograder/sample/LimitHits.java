package org.labharness.autograder.sample;

import java.util.List;
import org.labharness.pipeline.evidence.LimitHit;

/** The limits that a sample's stage hit. */
public record LimitHits(List<LimitHit> hits) {
    public static final LimitHits NONE = new LimitHits(List.of());

    public static LimitHits of(LimitHit.Name name, String limit, String seen) {
        return new LimitHits(List.of(new LimitHit(name, limit, seen)));
    }
}
