package org.labharness.autograder.cli;

import java.util.Collection;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Need;
import org.labharness.lab.Lab;
import picocli.CommandLine.Option;

/** How many submissions are graded at once. */
final class ParallelOption {
    private static final int MOST = 64;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "2",
            description = "Submissions at once. Default: ${DEFAULT-VALUE}.")
    private int parallel = 2;

    int atOnce() {
        return checked(parallel);
    }

    /** As many as the machine has memory and processors for, by the limits of the smallest of some labs; at least 1. */
    static int fits(Budget budget, Collection<Lab> labs) {
        return labs.stream()
                .mapToInt(lab -> Math.min(MOST, budget.fits(Need.of(lab.limits()))))
                .max()
                .orElse(1);
    }

    /** Of commands that have another default. */
    static int checked(int parallel) {
        if (parallel < 1 || parallel > MOST) {
            throw new WrongUse("--parallel takes 1 to " + MOST + ", not " + parallel + ".");
        }
        return parallel;
    }
}
