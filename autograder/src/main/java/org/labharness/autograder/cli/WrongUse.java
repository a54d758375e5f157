package org.labharness.autograder.cli;

/** A command was used wrongly; the message says what was seen, what was expected and what to do. */
final class WrongUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongUse(String message) {
        super(message);
    }
}
