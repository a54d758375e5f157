package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * A user id that no other running submission on this host has: kernel limits count per user id, across containers. Held by a lock on a
 * file, which ends with the process; ids are taken from a random place on, so that one that was just given back rests for a while.
 */
final class UidLease implements AutoCloseable {
    static final int FIRST = 61_000;
    static final int COUNT = 1_000;
    private static final Path LOCKS = Path.of("/run/lock/labharness");
    /** A file lock belongs to the process, so threads of this one need a set of their own. */
    private static final Set<Integer> OURS = ConcurrentHashMap.newKeySet();

    private final int uid;
    private final @Nullable FileChannel lock;

    private UidLease(int uid, @Nullable FileChannel lock) {
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
        if (!OURS.add(uid)) {
            return Optional.empty();
        }
        @Nullable FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(LOCKS.resolve("uid-" + uid), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return Optional.of(new UidLease(uid, channel));
            }
        } catch (IOException e) {
            letGo(uid, channel);
            throw e;
        }
        letGo(uid, channel);
        return Optional.empty();
    }

    private static void letGo(int uid, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close(); // before another thread opens the file: closing any channel of it ends all locks of
                // this process
            }
        } finally {
            OURS.remove(uid);
        }
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "user id " + uid + " could not be given back", e);
        } finally {
            OURS.remove(uid);
        }
    }
}
