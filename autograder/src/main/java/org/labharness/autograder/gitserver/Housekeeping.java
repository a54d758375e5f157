package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the packs of a repository together when there are many: each push leaves one. What no branch, tag or experiment leads to is left
 * out. One repository at a time, none that somebody pushes to, each within a time; whoever reads meanwhile finds everything.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    /** Two files of each pack: the pack and its index. */
    private static final int FILES = 2;

    private final PushedRepositories repositories;
    private final PushLimits limits;
    private final Semaphore reading;
    private final int packs;
    private final Duration longest;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("housekeeping").factory());

    private volatile boolean ending;

    /**
     * @param reading whose objects are read at the same time; it takes one place of them
     * @param packs as many as a repository may have without being put in order
     * @param longest for one repository
     */
    Housekeeping(PushedRepositories repositories, PushLimits limits, Semaphore reading, int packs, Duration longest) {
        this.repositories = repositories;
        this.limits = limits;
        this.reading = reading;
        this.packs = packs;
        this.longest = longest;
    }

    /** Looks at all repositories again and again. */
    void start(Duration every) {
        var unused = timer.scheduleWithFixedDelay(this::all, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All that need it and that nobody uses now. */
    void all() {
        try {
            for (Path directory : repositories.all()) {
                if (!ending && PushedRepositories.packs(directory).size() > packs * FILES) {
                    unlessUsed(directory);
                }
            }
        } catch (RuntimeException problem) {
            // It must not end the timer; the next round tries again.
            LOG.error("pushed repositories cannot be put in order", problem);
        }
    }

    private void unlessUsed(Path directory) {
        Semaphore turn = repositories.turn(directory);
        if (!turn.tryAcquire()) {
            return;
        }
        try {
            if (reading.tryAcquire()) {
                try {
                    order(directory);
                } finally {
                    reading.release();
                }
            }
        } finally {
            turn.release();
        }
    }

    private void order(Path directory) {
        if (Arrival.isThere(directory)) {
            return; // what came is noted first
        }
        long before = PushedRepositories.bytes(directory);
        long end = System.nanoTime() + longest.toNanos();
        try (PushedRepository repository = PushedRepository.of(directory, limits)) {
            PackConfig packing = new PackConfig(repository);
            packing.setDeltaCompress(false); // those that clients made are used again; to look for others takes memory
            packing.setBuildBitmaps(false);
            packing.setThreads(1);
            GC gc = new GC(repository);
            gc.setPackConfig(packing);
            gc.setExpireAgeMillis(0);
            gc.setPackExpireAgeMillis(0);
            gc.setProgressMonitor(new EmptyProgressMonitor() {
                @Override
                public boolean isCancelled() {
                    return ending || System.nanoTime() > end;
                }
            });
            gc.repack();
            gc.prune(Set.of());
            LOG.info(
                    "{} was put in order: {} bytes before, {} now",
                    directory,
                    before,
                    PushedRepositories.bytes(directory));
        } catch (IOException | ParseException problem) {
            LOG.warn("{} cannot be put in order: {}", directory, problem.getMessage());
        }
    }

    /** What is being written is left unfinished: it is nothing that anybody needs. */
    @Override
    public void close() {
        ending = true;
        timer.shutdown();
        try {
            if (!timer.awaitTermination(longest.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a repository is still being put in order");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
