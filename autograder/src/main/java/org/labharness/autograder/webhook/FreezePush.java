package org.labharness.autograder.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.intake.Freezer.Kept;
import org.labharness.autograder.store.WebhookStore.Pushed;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/**
 * Freezes what was pushed, out of the repository that the roster names. What is handed in is what HEAD names, with all refs; where HEAD
 * itself was pushed that is the commit which the forge told of, also when more has come since.
 */
final class FreezePush {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    /** For how long one is tried. */
    static final Duration PATIENCE = Duration.ofHours(24);

    private final Freezer freezer;

    FreezePush(Freezer freezer) {
        this.freezer = freezer;
    }

    /** What came of it. */
    sealed interface Result {
        /** @param kept received when the forge told of it */
        record Frozen(Kept kept) implements Result {}

        record Gone(String message) implements Result {}

        record Refused(String message) implements Result {}

        record Unreachable(String message) implements Result {}

        /** @param after which time to try again */
        record Later(Duration after, String message) implements Result {}
    }

    Result freeze(Receipt receipt, Instant now) {
        try {
            return new Result.Frozen(frozen(receipt.pushed()).received(receipt.received()));
        } catch (SubmissionRefused refused) {
            return switch (refused.code()) {
                case REF_NOT_FOUND -> gone(receipt, refused, now);
                // Often a login that staff can mend, or a forge that is not itself.
                case ACCESS_DENIED, REPOSITORY_NOT_FOUND -> later(receipt, now, message(refused));
                case NOT_A_REPOSITORY, EMPTY_REPOSITORY, TOO_LARGE, UNSAFE_CONTENT, NOTHING_TO_GRADE ->
                    new Result.Refused(message(refused));
            };
        } catch (SystemBroke broke) {
            return later(receipt, now, message(broke));
        }
    }

    private Kept frozen(Pushed pushed) {
        Kept now = freeze(pushed, null);
        return pushed.head() && !now.fact().commit().equals(pushed.commit()) ? freeze(pushed, pushed.commit()) : now;
    }

    private Kept freeze(Pushed pushed, @Nullable String ref) {
        return freezer.keep(pushed.lab(), pushed.owner(), new Source(pushed.repository(), ref));
    }

    private static Result gone(Receipt receipt, SubmissionRefused refused, Instant now) {
        if (receipt.tries() == 0) {
            return later(receipt, now, message(refused)); // forges tell of a push before all of their servers have it
        }
        return receipt.pushed().head()
                ? new Result.Gone("The commit " + receipt.pushed().commit() + " that was pushed to "
                        + receipt.pushed().ref() + " was not in the repository any more when it was looked at ("
                        + now + "): something else was pushed over it. That push is not graded; later ones are.")
                : new Result.Refused(message(refused));
    }

    private static Result later(Receipt receipt, Instant now, String why) {
        if (now.isAfter(receipt.received().plus(PATIENCE))) {
            return new Result.Unreachable("It was tried for " + PATIENCE.toHours() + " hours. Last: " + why);
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(receipt.tries(), 10));
        return new Result.Later(pause.compareTo(LONGEST) > 0 ? LONGEST : pause, why);
    }

    private static String message(RuntimeException problem) {
        String message = problem.getMessage();
        return message == null ? problem.toString() : message;
    }
}
