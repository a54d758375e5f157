package org.labharness.autograder.ledger;

import java.util.List;

/** All facts of a course that its grades follow from, each list in the order in which they were noted. */
public record Ledger(List<Attempt> attempts, List<Mark> marks, List<GradeOverride> overrides, Readings readings) {
    public static final Ledger EMPTY = new Ledger(List.of(), List.of(), List.of());

    public Ledger {
        attempts = List.copyOf(attempts);
        marks = List.copyOf(marks);
        overrides = List.copyOf(overrides);
    }

    /** Where no repository was read. */
    public Ledger(List<Attempt> attempts, List<Mark> marks, List<GradeOverride> overrides) {
        this(attempts, marks, overrides, Readings.NONE);
    }
}
