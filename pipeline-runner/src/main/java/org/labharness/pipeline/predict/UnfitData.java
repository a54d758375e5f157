package org.labharness.pipeline.predict;

import org.labharness.pipeline.evidence.PredictionFacts.Outcome;

/** Rows measure nothing. Those of a lab are its own matter, never the student's; the submission's own are its author's. */
final class UnfitData extends Exception {
    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    private UnfitData(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    static UnfitData ours(String message) {
        return new UnfitData(Outcome.OURS, message);
    }

    /** There is no such table in the submission. */
    static UnfitData missing(String message) {
        return new UnfitData(Outcome.NO_ROWS, message);
    }

    /** There is one, but it measures nothing. */
    static UnfitData theirs(String message) {
        return new UnfitData(Outcome.UNFIT_ROWS, message);
    }

    Outcome outcome() {
        return outcome;
    }
}
