package org.labharness.lab.sample;

import java.util.List;
import java.util.Map;

/**
 * A submission that ships with a lab.
 *
 * @param name {@code solution}, {@code starter} or the folder under {@code faulty/}
 * @param mistake what was done wrong, one sentence; empty for solution and starter
 * @param delete files of the solution that a faulty submission lacks
 * @param hidden ids of the lab's hidden data, by the file in which the submission holds their rows
 * @param history commits before the one that hands its files in, oldest first
 */
public record Sample(
        String name,
        Kind kind,
        String mistake,
        List<String> delete,
        Map<String, String> hidden,
        List<HistoryStep> history,
        Expected expected) {
    public Sample {
        delete = List.copyOf(delete);
        hidden = Map.copyOf(hidden);
        history = List.copyOf(history);
    }

    /** Kinds of samples. */
    public enum Kind {
        SOLUTION,
        STARTER,
        /** The solution with some files changed. */
        FAULTY
    }
}
