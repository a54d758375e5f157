package org.labharness.autograder.store;

import java.util.Arrays;
import java.util.OptionalLong;

/** Which evaluation of each submission counts, where one does. */
public final class CurrentEvaluations {
    private final long[] submissions;
    private final long[] evaluations;

    /** @param submissions in ascending order, with an evaluation each */
    CurrentEvaluations(long[] submissions, long[] evaluations) {
        this.submissions = submissions;
        this.evaluations = evaluations;
    }

    /** The number of the evaluation. */
    public OptionalLong of(long submission) {
        int found = Arrays.binarySearch(submissions, submission);
        return found < 0 ? OptionalLong.empty() : OptionalLong.of(evaluations[found]);
    }
}
