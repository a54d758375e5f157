package org.labharness.autograder.bench;

/** A measurement could not be taken; the message names the command and quotes what it said last. */
public final class BenchFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchFailed(String message) {
        super(message);
    }
}
