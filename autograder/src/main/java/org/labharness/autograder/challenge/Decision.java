package org.labharness.autograder.challenge;

/** Whether predictions were taken. */
public sealed interface Decision {
    /**
     * They were.
     *
     * @param today how many of this day, with this one
     * @param inAll how many altogether, with this one
     */
    record Taken(long entry, int today, int inAll) implements Decision {}

    /** They were not, and nothing is used up. */
    record NotTaken(Refused refused) implements Decision {}
}
