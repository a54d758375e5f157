package org.labharness.autograder.webhook;

/** Where gradings are asked for. */
public interface GradingRequests {
    /**
     * Asks for a run of a submission because a forge told of it. Asked again for the same submission it does nothing: after a kill nobody
     * knows whether it was asked already.
     *
     * @param why in a few words, for staff
     */
    void ask(long submission, String why);
}
