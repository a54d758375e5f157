package org.labharness.autograder.serve;

/** The file of settings says what cannot be. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidSettings(String message) {
        super(message);
    }
}
