package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** How large files are that nobody reads: where Git keeps each object in a file of its own, tens of thousands of them have to be opened. */
final class BlobSizes {
    /** From so many on, threads are worth their start. */
    private static final int MANY = 2_000;

    private static final int MOST_THREADS = 4;

    private final Repository repository;
    private final List<ObjectId> ids;
    private final Caps caps;
    private final long[] sizes;

    private BlobSizes(Repository repository, List<ObjectId> ids, Caps caps) {
        this.repository = repository;
        this.ids = List.copyOf(ids);
        this.caps = caps;
        this.sizes = new long[ids.size()];
    }

    /** Bytes of each, in their order. */
    static long[] of(Repository repository, List<ObjectId> ids, Caps caps) throws IOException {
        BlobSizes all = new BlobSizes(repository, ids, caps);
        int threads = ids.size() < MANY ? 1 : Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int first = 1; first < threads; first++) {
            others.add(all.beside(first, threads));
        }
        try {
            all.read(0, threads);
        } finally {
            // Whatever becomes of this thread's share, nobody reads in a repository that may be closed.
            CompletableFuture.allOf(others.toArray(CompletableFuture[]::new))
                    .exceptionally(problem -> null)
                    .join();
        }
        for (CompletableFuture<Void> other : others) {
            try {
                other.join();
            } catch (CompletionException e) {
                throw unwrapped(e);
            }
        }
        return all.sizes;
    }

    private static IOException unwrapped(CompletionException failure) {
        return switch (failure.getCause()) {
            case IOException problem -> problem;
            case RuntimeException problem -> throw problem;
            case Error problem -> throw problem;
            case null, default -> throw failure;
        };
    }

    private CompletableFuture<Void> beside(int first, int step) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                read(first, step);
                result.complete(null);
            } catch (IOException | RuntimeException | Error problem) {
                // The edge of this thread: whoever waits for the result is told.
                result.completeExceptionally(problem);
            }
        });
        return result;
    }

    private void read(int first, int step) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            for (int i = first; i < sizes.length; i += step) {
                caps.checkTime();
                sizes[i] = reader.getObjectSize(ids.get(i), Constants.OBJ_BLOB);
            }
        }
    }
}
