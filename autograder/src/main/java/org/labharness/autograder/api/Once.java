package org.labharness.autograder.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.labharness.autograder.store.ApiRequestStore;
import org.labharness.autograder.store.ApiRequestStore.Answer;
import org.labharness.autograder.store.ApiRequestStore.Earlier;
import org.labharness.autograder.store.ApiRequestStore.RequestKey;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.SubmissionRefused;

/** Answers a request that bears a key once, and the same again whenever it comes again. */
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

    /** @throws Problem as the request was answered before, or where the key stands for another one */
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
        Long submission = answer.submission();
        Long grading = answer.grading();
        if (submission == null || grading == null) {
            throw Problem.again(answer.status(), answer.code(), answer.message());
        }
        return again.view(submission, grading);
    }

    /** What may be otherwise later is not kept. */
    private SubmissionView first(RequestKey key, Supplier<SubmissionView> first) {
        boolean kept = false;
        try {
            SubmissionView view = first.get();
            store.answered(key, new Answer(202, "", "", view.submission(), view.grading()));
            kept = true;
            return view;
        } catch (SubmissionRefused refused) {
            kept = keep(key, Problem.of(refused));
            throw refused;
        } catch (Problem problem) {
            kept = keep(key, problem);
            throw problem;
        } finally {
            if (!kept) {
                store.released(key);
            }
        }
    }

    private boolean keep(RequestKey key, Problem problem) {
        if (problem.lasts()) {
            store.answered(key, new Answer(problem.status(), problem.code(), problem.sentence(), null, null));
        }
        return problem.lasts();
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
