package org.labharness.autograder.gradebook;

import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.lab.course.CourseClock;

/** What is said of work that could not be taken. */
final class NotTakenWords {
    private static final int LONGEST = 400;

    private NotTakenWords() {}

    /** One sentence, and what was seen where it may be told. */
    static String line(CourseClock clock, NotTaken one) {
        String what = one.commit() == null ? "repository" : "push " + Wording.commit(one.commit());
        return (one.excuses() ? "Not read, " : "Not taken, ") + what + Wording.whose(one.owner()) + ", "
                + clock.time(one.at()) + ": "
                + (one.message().isBlank() ? unsaid(one) : PlainText.line(one.message(), LONGEST));
    }

    private static String unsaid(NotTaken one) {
        return one.excuses()
                ? "the harness has not read it; staff look at it, and nothing is lost for it."
                : "nothing of it could be taken.";
    }
}
