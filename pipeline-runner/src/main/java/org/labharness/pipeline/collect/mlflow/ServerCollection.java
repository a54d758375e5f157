package org.labharness.pipeline.collect.mlflow;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.TrackingStore.Kind;
import org.labharness.pipeline.tracking.Bridge;
import org.labharness.pipeline.tracking.TrackingServer;

/**
 * Reads a server on a thread that can be abandoned: the MLflow client knows no time limits and tries again by itself. When time is up,
 * or the server sends too much, the bridge closes and what was read until then counts.
 */
final class ServerCollection {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Allowance allowance;
    /** The tree's stores have the rest. */
    private final Duration time;

    ServerCollection(Allowance allowance) {
        this.allowance = allowance;
        this.time = allowance.share(2, 3);
    }

    StoreDraft read(TrackingServer server) {
        return readTwice(() -> server.openBridge(allowance.caps().bytes(), time));
    }

    /** A server that dies while it is read is started again on its data, by opening another bridge, and read once more. */
    StoreDraft readTwice(Supplier<Bridge> bridges) {
        Bridge first = bridges.get();
        try (first) {
            return read(first);
        } catch (SystemBroke broke) {
            if (broke.code() == Breakdown.INTERRUPTED) {
                throw broke;
            }
        }
        try (Bridge again = bridges.get()) {
            return read(again);
        }
    }

    StoreDraft read(Bridge bridge) {
        StoreDraft draft = new StoreDraft("server", Kind.SERVER, Before.NOTHING, allowance);
        CompletableFuture<Void> reading = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform().daemon().name("tracking-reader").start(() -> {
            try {
                ServerReader.read(bridge, draft);
                reading.complete(null);
            } catch (Exception e) {
                // The edge of a thread; the client throws unchecked exceptions of many kinds.
                reading.completeExceptionally(e);
            }
        });
        try {
            reading.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return draft;
        } catch (TimeoutException | ExecutionException e) {
            bridge.close();
            return partly(bridge, draft, reader, e);
        } catch (InterruptedException e) {
            bridge.close();
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "interrupted while reading the tracking server", e);
        }
    }

    /** What was read until the bridge closed. The reader ends with it; one that does not keeps the draft to itself. */
    private StoreDraft partly(Bridge bridge, StoreDraft draft, Thread reader, Exception cause) {
        try {
            reader.interrupt();
            if (!reader.join(GRACE)) {
                throw new SystemBroke(
                        Breakdown.TRACKING_SERVER, "reading the tracking server could not be stopped", cause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "interrupted while reading the tracking server", e);
        }
        if (bridge.exhausted()) {
            draft.problem("it answered with more than " + (allowance.caps().bytes() >> 20) + " MiB");
        } else if (cause instanceof TimeoutException) {
            draft.unread("reading it took more than " + time.toSeconds() + " s");
        } else {
            throw new SystemBroke(
                    Breakdown.TRACKING_SERVER, "the tracking server could not be read: " + cause.getCause(), cause);
        }
        return draft;
    }
}
