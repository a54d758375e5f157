package org.labharness.autograder.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.forge.DueWork;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.store.ClaimStore;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.autograder.store.WebhookStore.Status;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.SystemBroke;

/**
 * Turns receipts into submissions and asks for their gradings, in threads of its own. A receipt is kept for a short time by whoever works on
 * it, which is prolonged while it does: after a kill somebody else goes on with it, on the same machine at once. One that ends each
 * process that works on it waits longer and longer, is worked on alone, and is left alone in the end. Several processes may do so at once.
 */
public final class ReceiptWork implements AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final Duration PROLONGED = Duration.ofSeconds(15);
    private static final Duration AFTER_A_MISTAKE = Duration.ofMinutes(30);
    /** Longer than a signed time may be old. */
    private static final Duration REMEMBERED = Proof.OLDEST.plusDays(2);

    private final WebhookStore store;
    private final String holder;
    private final Function<CourseId, Filing> filing;
    private final FreezePush freezing;
    private final GradingRequests gradings;
    private final InstantSource clock;
    private final ScheduledExecutorService prolonging = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keep-receipts").factory());
    private volatile @Nullable DueWork threads;

    /**
     * @param holder what whoever works here is called
     * @param filing of a course
     */
    public ReceiptWork(
            Database database,
            String holder,
            Freezer freezer,
            Function<CourseId, Filing> filing,
            GradingRequests gradings,
            InstantSource clock) {
        this.store = new WebhookStore(database);
        this.holder = holder;
        this.filing = filing;
        this.freezing = new FreezePush(freezer);
        this.gradings = gradings;
        this.clock = clock;
    }

    /** Begins to work. */
    public ReceiptWork start(int atOnce) {
        threads = new DueWork("webhook-receipts", atOnce, this::next);
        return this;
    }

    /** Says that there is something to do. */
    public void wake() {
        DueWork known = threads;
        if (known != null) {
            known.wake();
        }
    }

    /**
     * Works on the receipt that waits longest.
     *
     * @return whether there was one
     */
    public boolean next() {
        Instant now = clock.instant();
        Optional<Receipt> claimed = claim(now);
        claimed.ifPresent(this::work);
        if (claimed.isEmpty()) {
            store.forgetDeliveries(now.minus(REMEMBERED));
        }
        return claimed.isPresent();
    }

    /** By one thread after the other, for what may be claimed depends on what is in hand here. */
    private synchronized Optional<Receipt> claim(Instant now) {
        return store.claim(holder, now, now.plus(KEPT));
    }

    private void work(Receipt receipt) {
        if (receipt.leftBehind() >= ClaimStore.MOST_LEFT_BEHIND) {
            store.leftAlone(
                    receipt,
                    ClaimStore.MOST_LEFT_BEHIND + " times in a row the process that read the repository ended before it"
                            + " was done, so it is left alone. That is the harness's matter and costs nothing: find out why"
                            + " its processes end (memory, a crash), then have it pushed again.");
            return;
        }
        AtomicReference<Receipt> mine = new AtomicReference<>(receipt);
        ScheduledFuture<?> keeping = prolonging.scheduleWithFixedDelay(
                () -> prolong(mine), PROLONGED.toSeconds(), PROLONGED.toSeconds(), TimeUnit.SECONDS);
        try {
            ended(receipt, freezing.freeze(receipt, clock.instant()));
        } catch (SystemBroke broke) {
            throw broke;
        } catch (RuntimeException | Error mistake) {
            // The edge of one receipt: a mistake of ours, or the memory that it takes, must keep no other waiting.
            mistaken(receipt, "The harness made a mistake: " + mistake);
        } finally {
            keeping.cancel(false);
        }
    }

    private void mistaken(Receipt receipt, String why) {
        Instant now = clock.instant();
        if (now.isAfter(receipt.received().plus(FreezePush.PATIENCE))) {
            store.ended(
                    receipt,
                    Status.LEFT_ALONE,
                    "That is the harness's matter and costs nothing. It was tried for " + FreezePush.PATIENCE.toHours()
                            + " hours. Last: " + why,
                    null);
            return;
        }
        store.later(receipt, now.plus(AFTER_A_MISTAKE), why);
    }

    private void prolong(AtomicReference<Receipt> mine) {
        Receipt known = Objects.requireNonNull(mine.get());
        Instant until = clock.instant().plus(KEPT);
        if (store.keep(known, until)) {
            mine.set(known.until(until));
        }
    }

    private void ended(Receipt receipt, FreezePush.Result result) {
        switch (result) {
            case FreezePush.Result.Frozen(var kept) -> {
                long submission = filing.apply(receipt.course()).submitted(kept);
                gradings.ask(
                        receipt.course(),
                        submission,
                        kept.fact(),
                        "pushed to " + receipt.pushed().ref());
                store.ended(receipt, Status.TAKEN, "", submission);
            }
            case FreezePush.Result.Gone(var message) -> store.ended(receipt, Status.GONE, message, null);
            case FreezePush.Result.Refused(var message) -> store.ended(receipt, Status.REFUSED, message, null);
            case FreezePush.Result.Unreachable(var message) -> store.ended(receipt, Status.UNREACHABLE, message, null);
            case FreezePush.Result.Later(var after, var message) ->
                store.later(receipt, clock.instant().plus(after), message);
        }
    }

    /** Begins nothing more; what is being frozen comes to its end, or is begun anew by whoever is next. */
    @Override
    public void close() {
        DueWork known = threads;
        if (known != null) {
            known.close();
        }
        prolonging.shutdownNow();
    }
}
