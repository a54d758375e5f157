package org.labharness.autograder.cli;

/** Exit codes of every command. */
enum ExitCode {
    DONE(0),
    /** The work was graded below {@code --min-score}. */
    BELOW_MIN_SCORE(1),
    /** Wrong use, or an invalid lab or course. */
    USAGE(2),
    SUBMISSION_REFUSED(3),
    SYSTEM_BROKE(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
