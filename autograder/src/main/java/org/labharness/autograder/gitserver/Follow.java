package org.labharness.autograder.gitserver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Gradings;

/** Tells whoever pushed what becomes of it, until it is over, or they have waited long enough, or they are gone. */
final class Follow {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int BEHIND = 1_000;

    private final Gradings queue;
    private final long grading;
    private final LiveAnswer answer;
    private final InstantSource clock;
    private final BooleanSupplier stopping;
    private int place = -1;

    Follow(Gradings queue, long grading, LiveAnswer answer, InstantSource clock, BooleanSupplier stopping) {
        this.queue = queue;
        this.grading = grading;
        this.answer = answer;
        this.clock = clock;
        this.stopping = stopping;
    }

    /** What became of it; empty where that is not known yet. */
    Optional<String> until(Instant end) {
        BlockingQueue<GradingEvent> news = new LinkedBlockingQueue<>(BEHIND);
        Gradings.Watch watch = queue.watch(grading, news::offer);
        try {
            while (answer.heard() && clock.instant().isBefore(end) && !stopping.getAsBoolean()) {
                GradingEvent next = news.poll();
                if (next == null) {
                    Optional<String> over =
                            queue.grading(grading).filter(Grading::over).map(Grading::message);
                    if (over.isPresent()) {
                        return over;
                    }
                    place();
                    next = next(news, end);
                }
                Optional<String> over = next == null ? Optional.empty() : told(next);
                if (over.isPresent()) {
                    return over;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            watch.close();
        }
        return Optional.empty();
    }

    private @Nullable GradingEvent next(BlockingQueue<GradingEvent> news, Instant end) throws InterruptedException {
        long left = Duration.between(clock.instant(), end).toMillis();
        return news.poll(Math.clamp(left, 1, LOOK.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void place() {
        int now = queue.position(grading);
        if (now > 0 && now != place) {
            answer.line(now == 1 ? "next in the queue" : "position " + now + " in the queue");
        }
        place = now;
    }

    private Optional<String> told(GradingEvent news) {
        switch (news) {
            case GradingEvent.Begun begun -> answer.line("it runs now");
            case GradingEvent.Progressed progressed ->
                PushWords.of(progressed.event()).ifPresent(answer::line);
            case GradingEvent.Stepped stepped -> answer.line(stepped.step() + " ...");
            case GradingEvent.Back back -> answer.line("it waits again: " + back.message());
            case GradingEvent.Ended ended -> {
                return Optional.of(ended.grading().message());
            }
        }
        return Optional.empty();
    }
}
