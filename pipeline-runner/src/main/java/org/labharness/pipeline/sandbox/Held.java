package org.labharness.pipeline.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * A file that one holder at a time has, among the threads of this process and all processes of this machine; given back when its
 * process ends, however it ends.
 *
 * <p>A process loses its lock on a file as soon as it closes any channel of that file (fcntl, of which {@link FileChannel} is made):
 * what a thread of this process holds must not even be opened by another.
 */
public record Held(Path file, Path name, FileChannel channel) implements AutoCloseable {
    public static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** What this process has, or is trying to have. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    /** As the other, where nobody asks whether who has it goes on. */
    public static Optional<Held> take(Path file, Duration patience) {
        return take(file, patience, Sign.UNHEARD);
    }

    /**
     * File locks tell nobody when they are free, so this looks again until the patience ends. Empty where somebody else has it.
     *
     * @param heard is told while who has it {@linkplain #telling tells} of work
     */
    public static Optional<Held> take(Path file, Duration patience, Consumer<Sign> heard) {
        long end = System.nanoTime() + patience.toNanos();
        long touched = touched(file);
        try {
            while (true) {
                Optional<Held> held = tryTake(file);
                if (held.isPresent()
                        || System.nanoTime() >= end
                        || Thread.currentThread().isInterrupted()) {
                    return held;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                if (touched != (touched = touched(file))) {
                    heard.accept(Sign.WORKS);
                }
            }
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot lock " + file + ": " + e, e);
        }
    }

    /**
     * As the other, where somebody else has it for no longer than the patience.
     *
     * @param doing what whoever has it does: {@code building the same environment}
     * @throws SystemBroke where somebody has it for longer
     */
    public static Held within(Path file, Duration patience, Consumer<Sign> heard, String doing) {
        return take(file, patience, heard)
                .orElseThrow(() -> new SystemBroke(
                        Breakdown.TIMED_OUT,
                        "Another harness has been " + doing + " for more than " + patience.toMinutes() + " minutes"));
    }

    /** Who tells those who wait for this file, and whoever else is to hear it. */
    public Consumer<Sign> telling(Consumer<Sign> heard) {
        return sign -> {
            boolean unused = file.toFile().setLastModified(System.currentTimeMillis());
            heard.accept(sign);
        };
    }

    /** Milliseconds; 0 where there is no such file. */
    private static long touched(Path file) {
        return file.toFile().lastModified();
    }

    /** Empty where somebody has it. */
    public static Optional<Held> tryTake(Path file) throws IOException {
        Path name = Files.createDirectories(file.getParent()).toRealPath().resolve(file.getFileName());
        if (!OURS.add(name)) {
            return Optional.empty();
        }
        boolean taken = false;
        @Nullable FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            return taken ? Optional.of(new Held(file, name, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                letGo(name, channel);
            }
        }
    }

    private static void letGo(Path name, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            OURS.remove(name);
        }
    }

    @Override
    public void close() {
        try {
            letGo(name, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
