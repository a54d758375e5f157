package org.labharness.autograder.webhook;

import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.lab.course.CourseId;

/** Where gradings are asked for. */
public interface GradingRequests {
    /**
     * Asks for a grading of a submission because a forge told of it. It may be asked for the same one twice: after a kill nobody knows
     * whether it was asked already. It must not be run twice for that.
     *
     * @param submission its number
     * @param why in a few words, for staff
     */
    void ask(CourseId course, long submission, SubmissionFact fact, String why);
}
