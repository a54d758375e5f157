package org.labharness.autograder.publish;

/** A file that would be published holds what students must not see; the message names it. */
public final class SecretTold extends RuntimeException {
    private static final long serialVersionUID = 1;

    SecretTold(String message) {
        super(message);
    }
}
