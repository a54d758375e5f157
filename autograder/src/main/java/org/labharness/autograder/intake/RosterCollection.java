package org.labharness.autograder.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** Reads the repositories of a class, several at once; those that cannot be reached are tried again at the end, each time after a longer while. */
public final class RosterCollection {
    private static final List<Duration> BETWEEN = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final Collector collector;
    private final int atOnce;
    private final List<Duration> between;

    public RosterCollection(Collector collector, int atOnce) {
        this(collector, atOnce, BETWEEN);
    }

    RosterCollection(Collector collector, int atOnce, List<Duration> between) {
        this.collector = collector;
        this.atOnce = atOnce;
        this.between = between;
    }

    /** Hears of each repository that was read, or was given up; called from several threads. */
    public interface Watcher {
        /** Nobody listens. */
        Watcher NOBODY = new Watcher() {
            @Override
            public void collected(Result result) {}

            @Override
            public void waiting(int repositories, Duration pause) {}
        };

        void collected(Result result);

        /** Some could not be reached, and are tried again. */
        void waiting(int repositories, Duration pause);
    }

    /**
     * Reads them all.
     *
     * @param moment for which each is read; null: as it is now
     * @return in the order of the errands
     */
    public List<Result> run(List<Errand> errands, Function<Errand, @Nullable Instant> moment, Watcher watcher) {
        List<@Nullable Result> results = new ArrayList<>();
        errands.forEach(errand -> results.add(null));
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < errands.size(); i++) {
            open.add(i);
        }
        try (ExecutorService readers = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().daemon().name("collect-", 0).factory())) {
            for (int round = 0; !open.isEmpty(); round++) {
                boolean last = round == between.size();
                List<Future<Result>> reading = new ArrayList<>();
                for (int i : open) {
                    Errand errand = errands.get(i);
                    reading.add(readers.submit(() -> {
                        Result result = collector.collect(errand, moment.apply(errand));
                        if (last || !result.again()) {
                            watcher.collected(result);
                        }
                        return result;
                    }));
                }
                List<Integer> unreached = new ArrayList<>();
                for (int k = 0; k < open.size(); k++) {
                    Result result = get(reading.get(k));
                    results.set(open.get(k), result);
                    if (!last && result.again()) {
                        unreached.add(open.get(k));
                    }
                }
                open = unreached;
                if (!open.isEmpty()) {
                    watcher.waiting(open.size(), between.get(round));
                    pause(between.get(round));
                }
            }
        }
        return results.stream().<Result>map(Objects::requireNonNull).toList();
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private static Result get(Future<Result> reading) {
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private static SystemBroke interrupted(InterruptedException e) {
        return new SystemBroke(Breakdown.INTERRUPTED, "Reading the repositories was interrupted.", e);
    }
}
