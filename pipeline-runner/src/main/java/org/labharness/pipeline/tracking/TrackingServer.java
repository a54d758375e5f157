package org.labharness.pipeline.tracking;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * The MLflow server of one submission, empty at its start. It is started beside other work: what connects to its socket in the
 * meantime waits. A server that dies (of what a submission sent it, say) is started again on the data it had, a few times.
 */
public final class TrackingServer implements AutoCloseable {
    private static final int MOST_STARTS = 3;
    private static final Duration STOP = Duration.ofSeconds(10);
    /** Importing MLflow takes 3 s of a processor; a machine that grades more than it has processors needs many times that. */
    private static final Duration START = Duration.ofMinutes(6);

    /** What started a child: needed to stop it again. */
    record Started(ForkServer parent, ForkServer.Child child) {}

    private final Path socket;
    private final Supplier<CompletableFuture<ForkServer>> parents;
    private final Function<ForkServer, ForkServer.Child> fork;
    private CompletableFuture<Started> current;
    private int starts = 1;
    private boolean closed;
    private @Nullable Started last;

    /**
     * @param parents where servers are forked, once that is ready
     * @param fork forks this one
     */
    TrackingServer(
            Path socket, Supplier<CompletableFuture<ForkServer>> parents, Function<ForkServer, ForkServer.Child> fork) {
        this.socket = socket;
        this.parents = parents;
        this.fork = fork;
        this.current = started();
    }

    /**
     * Waits until it accepts connections.
     *
     * @throws SystemBroke with TRACKING_SERVER where it does not within the time
     */
    public void await(Duration deadline) {
        get(now().thenCompose(started -> started.child().started()), deadline);
    }

    /**
     * Opens a way to it for reading.
     *
     * @param bytes how many it may send before the bridge closes itself
     * @param deadline after which the bridge closes itself; it counts from when the server accepts connections, for a run that
     *     ended at once comes here before that
     */
    public Bridge openBridge(long bytes, Duration deadline) {
        await(START);
        try {
            return LoopbackBridge.open(socket, bytes, deadline);
        } catch (UncheckedIOException e) {
            throw new SystemBroke(Breakdown.TRACKING_SERVER, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Ends it; returns when no process of its user is left in the container of the servers. Its data stay where they are. One that was
     * not forked yet never will be, and is not waited for.
     */
    @Override
    public void close() {
        Started running;
        synchronized (this) {
            closed = true;
            running = last;
        }
        if (running != null) {
            running.parent().stop(running.child());
            get(running.child().ended().exceptionally(failure -> "gone with its container"), STOP);
        }
    }

    private synchronized CompletableFuture<Started> now() {
        return current;
    }

    private CompletableFuture<Started> started() {
        CompletableFuture<Started> next = parents.get().thenApply(this::begin);
        Thread.ofPlatform().daemon().name("tracking-watch").start(() -> watch(next));
        return next;
    }

    private synchronized Started begin(ForkServer parent) {
        if (closed) {
            throw new CancellationException("the tracking server was closed before it was started");
        }
        Started begun = new Started(parent, fork.apply(parent));
        last = begun;
        return begun;
    }

    private void watch(CompletableFuture<Started> started) {
        try {
            String reason = started.join().child().ended().join();
            startAgain(reason);
        } catch (CompletionException e) {
            // It never started: whoever uses the server is told by the future itself.
        }
    }

    private synchronized void startAgain(String reason) {
        if (closed) {
            return;
        }
        if (starts == MOST_STARTS) {
            current = CompletableFuture.failedFuture(
                    ForkServer.broke("the tracking server ended " + starts + " times, the last time with " + reason));
            return;
        }
        starts++;
        try {
            current = started();
        } catch (SystemBroke e) {
            current = CompletableFuture.failedFuture(e);
        }
    }

    private static <T> T get(CompletableFuture<T> future, Duration deadline) {
        try {
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SystemBroke(
                    Breakdown.TRACKING_SERVER,
                    "the tracking server gave no sign of life for " + deadline.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            throw cause(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "interrupted while waiting for the tracking server", e);
        }
    }

    private static SystemBroke cause(@Nullable Throwable cause) {
        return cause instanceof SystemBroke broke
                ? new SystemBroke(broke.code(), String.valueOf(broke.getMessage()), broke)
                : new SystemBroke(
                        Breakdown.TRACKING_SERVER,
                        "the tracking server failed: " + cause,
                        cause == null ? new IllegalStateException() : cause);
    }
}
