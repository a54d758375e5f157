package org.labharness.pipeline.serve;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.Failure;
import org.labharness.probe.exchange.Seen;

/** Replies by their batch and their number in it. */
record Replies(Map<Integer, Map<Integer, Seen.Reply>> all) {
    static Replies of(List<Seen> seen) {
        Map<Integer, Map<Integer, Seen.Reply>> all = new TreeMap<>();
        for (Seen one : seen) {
            if (one instanceof Seen.Reply reply) {
                all.computeIfAbsent(reply.batch(), batch -> new TreeMap<>()).put(reply.number(), reply);
            }
        }
        return new Replies(all);
    }

    Seen.@Nullable Reply at(int batch, int number) {
        return all.getOrDefault(batch, Map.of()).get(number);
    }

    Collection<Seen.Reply> in(int batch) {
        return all.getOrDefault(batch, Map.of()).values();
    }

    /** How many of a batch were answered as they should be. */
    int fine(int batch) {
        return (int) in(batch).stream().filter(Replies::isFine).count();
    }

    static boolean isFine(Seen.Reply reply) {
        return reply.status() >= 200 && reply.status() <= 299;
    }

    /** As the end of a sentence. */
    static String words(Seen.@Nullable Reply reply) {
        return reply == null
                ? ServiceFacts.words(0, Failure.UNASKED)
                : ServiceFacts.words(reply.status(), Prediction.failure(reply.failure()));
    }
}
