package org.labharness.autograder.cli;

import picocli.CommandLine.Option;

/** How many submissions are graded at once. */
final class ParallelOption {
    static final int MOST = 64;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "2",
            description = "Submissions at once. Default: ${DEFAULT-VALUE}.")
    private int parallel = 2;

    int atOnce() {
        return checked(parallel);
    }

    /** Of commands that have another default. */
    static int checked(int parallel) {
        if (parallel < 1 || parallel > MOST) {
            throw new WrongUse("--parallel takes 1 to " + MOST + ", not " + parallel + ".");
        }
        return parallel;
    }
}
