package org.labharness.autograder.cli;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Need;
import org.labharness.lab.Lab;
import picocli.CommandLine.Option;

/** How many submissions are graded at once, where that follows from the machine unless somebody says it. */
final class AtOnceOption {
    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "At most so many at once, 1 to 64. Default: as many as memory and processors allow.")
    private @Nullable Integer parallel;

    void requireSense() {
        if (parallel != null) {
            ParallelOption.checked(parallel);
        }
    }

    /** What was asked for; else as many as there is room for, by the limits of the smallest of some labs; at least 1. */
    int of(Budget budget, Collection<Lab> labs) {
        return parallel != null
                ? parallel
                : labs.stream()
                        .mapToInt(lab -> Math.min(ParallelOption.MOST, budget.fits(Need.of(lab.limits()))))
                        .max()
                        .orElse(1);
    }
}
