package org.labharness.autograder.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.labharness.autograder.store.ApiRequestStore;
import org.labharness.autograder.store.ApiRequestStore.Answer;
import org.labharness.autograder.store.ApiRequestStore.Earlier;
import org.labharness.autograder.store.ApiRequestStore.RequestKey;
import org.labharness.lab.Sha256;

/**
 * Takes a request that bears a key once, and answers the same whenever it comes again. Refusals are not kept: nothing was counted, and what
 * was in the way may be gone when somebody tries again.
 */
final class Once {
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration LOST = Duration.ofMinutes(10);
    private static final Duration SWEPT = Duration.ofHours(1);

    private final ApiRequestStore store;
    private final AtomicLong swept = new AtomicLong();

    /**
     * @param started when this server was: what was asked of one before and has no answer was lost with its process, and is begun anew as
     *     soon as it comes again
     */
    Once(ApiRequestStore store, Instant started) {
        this.store = store;
        store.abandon(started);
    }

    /** What an answer that was kept is made of again. */
    interface Again {
        SubmissionView view(long submission, long grading);
    }

    /** @throws Problem where the request is being worked on, or the key stands for another one */
    SubmissionView answer(
            Visitor visitor,
            Target target,
            RequestKey key,
            SubmissionRequest asked,
            Supplier<SubmissionView> first,
            Again again) {
        sweep(visitor.arrived());
        String digest = digest(asked);
        Optional<Earlier> earlier = store.claim(
                visitor.token().course(),
                target.owner(),
                key,
                digest,
                visitor.arrived(),
                visitor.arrived().minus(LOST));
        return earlier.isPresent() ? earlier(earlier.get(), digest, again) : first(key, first);
    }

    private static SubmissionView earlier(Earlier earlier, String digest, Again again) {
        if (!earlier.bodyDigest().equals(digest)) {
            throw new Problem(
                    Reason.KEY_REUSED, "This Idempotency-Key came with another body at " + earlier.at() + ".");
        }
        Answer answer = earlier.answer();
        if (answer == null) {
            throw new Problem(
                    Reason.KEY_IN_PROGRESS,
                    "The same request came at " + earlier.at() + " and is being worked on.",
                    Map.of("Retry-After", "2"));
        }
        return again.view(
                Objects.requireNonNull(answer.submission(), "of what was taken"),
                Objects.requireNonNull(answer.grading(), "of what was taken"));
    }

    private SubmissionView first(RequestKey key, Supplier<SubmissionView> first) {
        boolean kept = false;
        try {
            SubmissionView view = first.get();
            store.answered(key, new Answer(202, "", "", view.submission(), view.grading()));
            kept = true;
            return view;
        } finally {
            if (!kept) {
                store.released(key);
            }
        }
    }

    private void sweep(Instant now) {
        long last = swept.get();
        if (last + SWEPT.toSeconds() < now.getEpochSecond() && swept.compareAndSet(last, now.getEpochSecond())) {
            store.forget(now.minus(KEPT));
        }
    }

    private static String digest(SubmissionRequest asked) {
        MessageDigest digest = Sha256.begin();
        digest.update(Json.line(asked).getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest);
    }
}
