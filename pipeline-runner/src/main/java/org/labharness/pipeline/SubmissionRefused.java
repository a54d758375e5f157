package org.labharness.pipeline;

/** The submission cannot be graded for a reason that is the submitter's to mend; nothing of it ran. */
public final class SubmissionRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Refusal code;

    /** @param message names the thing, what was seen and what to do; shown to the student as it is */
    public SubmissionRefused(Refusal code, String message) {
        super(message);
        this.code = code;
    }

    public SubmissionRefused(Refusal code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Refusal code() {
        return code;
    }
}
