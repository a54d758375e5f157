package org.labharness.probe.model;

/** The model cannot be used, for a reason that its author can read. */
public final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What was wrong with it. */
    public enum Reason {
        /** The file is no model, or the runtime refuses it. */
        LOAD,
        /** It wants other inputs than there are. */
        INPUTS,
        /** It failed while it predicted. */
        PREDICT,
        /** What came out is none of a prediction's forms. */
        OUTPUTS,
        /** It names files outside of its folder. */
        OUTSIDE,
        /** A newer version of its library saved it. */
        VERSION
    }

    Unusable(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Unusable(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
