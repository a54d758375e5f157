package org.labharness.pipeline.predict;

/** Rows measure nothing: hidden ones are the lab's matter, never the student's; the submission's own are its own. */
final class UnfitData extends Exception {
    private static final long serialVersionUID = 1;

    UnfitData(String message) {
        super(message);
    }

    UnfitData(String message, Throwable cause) {
        super(message, cause);
    }
}
