package org.labharness.pipeline;

/** The harness or what it stands on failed; never the student's matter, worth trying again. */
public final class SystemBroke extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Breakdown code;

    /** @param message names the thing that broke and what staff can do about it */
    public SystemBroke(Breakdown code, String message) {
        super(message);
        this.code = code;
    }

    public SystemBroke(Breakdown code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Breakdown code() {
        return code;
    }
}
