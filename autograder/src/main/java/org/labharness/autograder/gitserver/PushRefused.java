package org.labharness.autograder.gitserver;

/** A push is not taken; nothing of it is kept. */
final class PushRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final PushRefusal reason;

    /** @param sentence names the thing, what was seen and what the limit is */
    PushRefused(PushRefusal reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    PushRefusal reason() {
        return reason;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
