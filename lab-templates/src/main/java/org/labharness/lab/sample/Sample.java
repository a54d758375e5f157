package org.labharness.lab.sample;

import java.util.List;

/**
 * A submission that ships with a lab.
 *
 * @param name {@code solution}, {@code starter} or the folder under {@code faulty/}
 * @param mistake what was done wrong, one sentence; empty for solution and starter
 * @param delete files of the solution that a faulty submission lacks
 */
public record Sample(String name, Kind kind, String mistake, List<String> delete, Expected expected) {
    public Sample {
        delete = List.copyOf(delete);
    }

    /** Kinds of samples. */
    public enum Kind {
        SOLUTION,
        STARTER,
        /** The solution with some files changed. */
        FAULTY
    }
}
