package org.labharness.autograder.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * Lets the processes of this machine open and close an embedded database one after the other. H2 copes with a file that somebody holds,
 * and with one that nobody does; who comes in between is told that the file is locked, and often waits many seconds for it. The
 * operating system takes the lock from a process that is killed.
 */
final class Gate {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** A file is locked for a whole process, so its threads stand in a line of their own. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private Gate() {}

    /** What is done while no other process opens or closes the database. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    static <T, E extends Exception> T inside(DatabaseAddress address, Work<T, E> work) throws E {
        THREADS.lock();
        try {
            return locked(address, work);
        } finally {
            THREADS.unlock();
        }
    }

    private static <T, E extends Exception> T locked(DatabaseAddress address, Work<T, E> work) throws E {
        @Nullable FileChannel channel = channel(address.gateFile());
        if (channel == null) {
            return work.run(); // where nothing can be written the database itself says why
        }
        try (channel) {
            lock(channel, address);
            return work.run();
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DATABASE,
                    "The database " + address.shown() + " cannot be used: " + address.gateFile() + " cannot be locked ("
                            + e.getMessage() + ").",
                    e);
        }
    }

    private static @Nullable FileChannel channel(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException unwritable) {
            return null;
        }
    }

    /** Until the channel is closed. Asked for again and again: the waiting kind of lock knows no deadline. */
    private static void lock(FileChannel channel, DatabaseAddress address) throws IOException {
        long start = System.nanoTime();
        @Nullable FileLock lock = channel.tryLock();
        while (lock == null) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new SystemBroke(
                        Breakdown.DATABASE,
                        "Another lab process has been opening or closing the database " + address.shown() + " for "
                                + PATIENCE.toSeconds() + " s. End that process, then run the command again.");
            }
            pause();
            lock = channel.tryLock();
        }
    }

    /** A moment, for others to get on. */
    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "Waiting for the database was interrupted.", e);
        }
    }
}
