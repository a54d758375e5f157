package org.labharness.pipeline.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * The folder of all environments, shared by the harness processes of this machine.
 *
 * <p>{@code uv} is uv's cache, {@code locks/KEY} what became of an input, {@code venvs/DIGEST} an environment; both appear complete or
 * not at all. Work in progress lies in {@code build/ID} beside the file {@code build/ID.lock}, which is locked as long as its owner
 * lives. All of it is one file system, so that environments are hard links into the cache.
 */
final class EnvironmentStore {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Path home;

    EnvironmentStore(Path home) {
        this.home = home;
    }

    /** The folder as a container mounts it. */
    Path home() {
        return home;
    }

    Path venv(String digest) {
        return home.resolve("venvs").resolve(digest);
    }

    Optional<List<String>> readLock(String key) {
        Path file = home.resolve("locks").resolve(key);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readAllLines(file, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            throw broke("read " + file, e);
        }
    }

    void writeLock(String key, List<String> lines, Build build) {
        Path whole = build.folder().resolve("resolution");
        try {
            Files.write(whole, lines, StandardCharsets.UTF_8);
            Files.move(whole, home.resolve("locks").resolve(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw broke("keep what was resolved in " + home, e);
        }
    }

    /** Puts a finished environment in its place. */
    void publish(Build build, String digest) {
        try {
            Files.move(build.folder().resolve("venv"), venv(digest), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw broke("put the environment " + venv(digest) + " in place", e);
        }
    }

    /** Does something while nobody else on this machine does the same for this key; waits for those who do. */
    <T> T holding(String key, Supplier<T> work) {
        Held held = hold(home.resolve("locks").resolve(key + ".lock"), PATIENCE)
                .orElseThrow(() -> new SystemBroke(
                        Breakdown.TIMED_OUT,
                        "Another harness has been building the same environment for more than " + PATIENCE.toMinutes()
                                + " minutes"));
        try {
            return work.get();
        } finally {
            held.close();
        }
    }

    /** Makes a folder for work in progress and removes those of dead owners. */
    Build begin() {
        Path builds = home.resolve("build");
        try {
            for (String folder : List.of("build", "locks", "venvs", "uv")) {
                Files.createDirectories(home.resolve(folder));
            }
            sweep(builds);
            String id = UUID.randomUUID().toString();
            Held held = hold(builds.resolve(id + ".lock"), LOOK_AGAIN)
                    .orElseThrow(() -> new IOException("a new file is locked: " + id));
            return new Build(Files.createDirectory(builds.resolve(id)), held);
        } catch (IOException e) {
            throw broke("make a folder for a new environment in " + builds, e);
        }
    }

    /** A lock on a file that ends with its process. */
    record Held(Path file, FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A folder for work in progress; removed on close. */
    record Build(Path folder, Held held) implements AutoCloseable {
        @Override
        public void close() {
            try {
                remove(folder);
                Files.deleteIfExists(held.file());
            } catch (IOException e) {
                throw new UncheckedIOException("the folder " + folder + " cannot be removed", e);
            } finally {
                held.close();
            }
        }
    }

    private static void sweep(Path builds) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(builds, "*.lock")) {
            for (Path lock : locks) {
                Optional<Held> dead = hold(lock, Duration.ZERO);
                if (dead.isPresent()) {
                    String name = lock.getFileName().toString();
                    new Build(builds.resolve(name.substring(0, name.length() - ".lock".length())), dead.get()).close();
                }
            }
        }
    }

    /** File locks tell nobody when they are free, so this looks again until the patience ends. */
    private static Optional<Held> hold(Path file, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (!locked(channel)) {
                if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
                    channel.close();
                    return Optional.empty();
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            return Optional.of(new Held(file, channel));
        } catch (IOException e) {
            throw broke("lock " + file, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static SystemBroke broke(String what, IOException e) {
        return new SystemBroke(Breakdown.INTERNAL, "cannot " + what + ": " + e, e);
    }
}
