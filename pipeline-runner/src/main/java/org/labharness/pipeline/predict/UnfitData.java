package org.labharness.pipeline.predict;

/** Hidden data of a lab measure nothing; the lab's matter, never the student's. */
final class UnfitData extends Exception {
    private static final long serialVersionUID = 1;

    UnfitData(String message) {
        super(message);
    }

    UnfitData(String message, Throwable cause) {
        super(message, cause);
    }
}
