package org.labharness.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that goes on beside what the caller does.
 *
 * <p>Its threads, and all others that read sockets, are of the platform: the poller of virtual ones stays in a system call for good,
 * and for such a thread a Java virtual machine waits 0.3 s before it exits.
 */
final class Beside {
    private Beside() {}

    static CompletableFuture<Void> run(Runnable work) {
        return start(() -> {
            work.run();
            return null;
        });
    }

    static <T extends @Nullable Object> CompletableFuture<T> start(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error problem) {
                // The edge of this thread: whoever waits for the result is told.
                result.completeExceptionally(problem);
            }
        });
        return result;
    }

    /** Waits for it; throws what it threw. */
    static <T extends @Nullable Object> T result(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException problem) {
            throw problem.getCause() instanceof RuntimeException cause ? cause : problem;
        }
    }
}
