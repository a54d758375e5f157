package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.Held;

/**
 * A user id that no other running submission on this host has: kernel limits count per user id, across containers. Held by a lock on a
 * file, which ends with the process; ids are taken from a random place on, so that one that was just given back rests for a while.
 */
final class UidLease implements AutoCloseable {
    static final int FIRST = 61_000;
    static final int COUNT = 1_000;
    private static final Path LOCKS = Path.of("/run/lock/labharness");

    private final int uid;
    private final @Nullable Held lock;

    private UidLease(int uid, @Nullable Held lock) {
        this.uid = uid;
        this.lock = lock;
    }

    int uid() {
        return uid;
    }

    /** The user of this process, for where nobody may choose: never given back. */
    static UidLease own(int uid) {
        return new UidLease(uid, null);
    }

    static UidLease take() {
        int start = ThreadLocalRandom.current().nextInt(COUNT);
        try {
            Files.createDirectories(LOCKS);
            for (int i = 0; i < COUNT; i++) {
                Optional<UidLease> lease = tryTake(FIRST + (start + i) % COUNT);
                if (lease.isPresent()) {
                    return lease.get();
                }
            }
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.INTERNAL, "no user id could be reserved in " + LOCKS + ": " + e.getMessage(), e);
        }
        throw new SystemBroke(
                Breakdown.INTERNAL,
                "all " + COUNT + " user ids from " + FIRST + " on are in use: run fewer submissions at once");
    }

    private static Optional<UidLease> tryTake(int uid) throws IOException {
        return Held.tryTake(LOCKS.resolve("uid-" + uid)).map(lock -> new UidLease(uid, lock));
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (UncheckedIOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "user id " + uid + " could not be given back", e);
        }
    }
}
