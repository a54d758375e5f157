package org.labharness.autograder.job;

import java.time.Duration;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.Work.Result;
import org.labharness.pipeline.Breakdown;

/** What is done where a try came to nothing for a reason that is not the submission's. */
final class Tries {
    private static final int MOST = 3;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final int LONGER = 4;

    private Tries() {}

    /**
     * What comes after a try.
     *
     * @param code what broke
     */
    static Result after(Grading grading, Breakdown code, String message) {
        return switch (code) {
            case ENGINE_UNREACHABLE, ENGINE_FAILED, IMAGE_MISSING, SANDBOX_TOO_WEAK, DISK_FULL, DATABASE ->
                new Result.Pause(code.code(), message);
            case INTERRUPTED -> new Result.Again(Duration.ZERO, code.code(), message);
            case LOGIN -> new Result.Over(code.code(), message);
            case NETWORK, PACKAGE_INDEX, TRACKING_SERVER, TIMED_OUT, INTERNAL ->
                grading.tries() + 1 < MOST
                        ? new Result.Again(wait(grading.tries()), code.code(), message)
                        : new Result.Over(code.code(), message);
        };
    }

    private static Duration wait(int tries) {
        return FIRST_WAIT.multipliedBy((long) Math.pow(LONGER, tries));
    }
}
