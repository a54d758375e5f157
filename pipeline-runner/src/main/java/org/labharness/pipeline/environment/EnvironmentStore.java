package org.labharness.pipeline.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.sandbox.Held;
import org.labharness.pipeline.sandbox.Sign;

/**
 * The folder of all environments, shared by the harness processes of this machine.
 *
 * <p>{@code uv} is uv's cache, {@code locks/KEY} what became of an input, {@code venvs/DIGEST} an environment, {@code own/KEY} the
 * packages of one submission, {@code wheels} what the harness built; all appear complete or not at all. Work in progress lies in
 * {@code build/ID} beside the file {@code build/ID.lock}, which is locked as long as its owner lives; so is {@code leases/DIGEST.ID} as long
 * as an environment is used. All of it is one file system, so that environments are hard links into the cache.
 */
final class EnvironmentStore {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

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
        return readLines(home.resolve("locks").resolve(key));
    }

    private static Optional<List<String>> readLines(Path file) {
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

    /** Something small that was found out once. */
    Optional<List<String>> readNote(String key) {
        return readLines(home.resolve("notes").resolve(key));
    }

    void writeNote(String key, List<String> lines) {
        try {
            Path notes = Files.createDirectories(home.resolve("notes"));
            Path whole = notes.resolve(key + "." + UUID.randomUUID());
            Files.write(whole, lines, StandardCharsets.UTF_8);
            Files.move(whole, notes.resolve(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw broke("keep a note in " + home, e);
        }
    }

    /** Puts a finished environment in its place. */
    void publish(Build build, String digest) {
        move(build.folder().resolve("venv"), venv(digest));
    }

    /** A folder inside that of a build. */
    Path folder(Build build, String name) {
        try {
            return Files.createDirectories(build.folder().resolve(name));
        } catch (IOException e) {
            throw broke("make a folder in " + build.folder(), e);
        }
    }

    /** The packages of one submission. */
    Path own(String key) {
        return home.resolve("own").resolve(key);
    }

    /** Keeps a wheel that the harness built. */
    void keepWheel(Path wheel, boolean kept) {
        move(wheel, home.resolve("wheels").resolve(kept ? "kept" : "any").resolve(wheel.getFileName()));
    }

    /** Puts something finished, file or folder, in its place, where somebody else may have put the same already. */
    void move(Path finished, Path place) {
        try {
            Files.createDirectories(place.getParent());
            Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(place)) {
                throw broke("put " + place + " in place", e);
            }
        }
    }

    /** Keeps an environment in the cache; empty where it is not there. */
    Optional<PreparedEnvironment.Lease> lease(String digest) {
        return holding(digest, () -> {
            if (!Files.isDirectory(venv(digest))) {
                return Optional.empty();
            }
            Path file = home.resolve("leases").resolve(digest + "." + UUID.randomUUID());
            Held held = Held.take(file, Held.LOOK_AGAIN)
                    .orElseThrow(() -> new IllegalStateException("a new file is locked"));
            touch(home.resolve("used").resolve(digest));
            return Optional.of(() -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw broke("remove " + file, e);
                } finally {
                    held.close();
                }
            });
        });
    }

    private static void touch(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw broke("note the use of an environment in " + file, e);
        }
    }

    /** Whether somebody alive uses an environment; what the dead left is removed. */
    boolean isLeased(String digest) throws IOException {
        Path leases = Files.createDirectories(home.resolve("leases"));
        boolean leased = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(leases, digest + ".*")) {
            for (Path file : files) {
                Optional<Held> dead = Held.take(file, Duration.ZERO);
                if (dead.isPresent()) {
                    Files.deleteIfExists(file);
                    dead.get().close();
                } else {
                    leased = true;
                }
            }
        }
        return leased;
    }

    /** Whether somebody else builds something at the moment. */
    boolean othersBuild(Build mine) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(home.resolve("build"), "*.lock")) {
            for (Path lock : locks) {
                if (!lock.equals(mine.held().file())) {
                    Optional<Held> dead = Held.take(lock, Duration.ZERO);
                    if (dead.isEmpty()) {
                        return true;
                    }
                    dead.get().close();
                }
            }
        }
        return false;
    }

    /** Does something while no build begins. */
    void whileNobodyBegins(Runnable work) {
        holding("begin", () -> {
            work.run();
            return true;
        });
    }

    /** Does something short while nobody else on this machine does the same for this key. */
    <T> T holding(String key, Supplier<T> work) {
        return holding(key, Sign.UNHEARD, heard -> work.get());
    }

    /**
     * Does something while nobody else on this machine does the same for this key; waits for those who do.
     *
     * @param heard is told of signs of work, whoever does it
     * @param work is given whom to tell of its own
     */
    <T> T holding(String key, Consumer<Sign> heard, Function<Consumer<Sign>, T> work) {
        Path file = home.resolve("locks").resolve(key + ".lock");
        try (Held held = Held.within(file, PATIENCE, heard, "building the same environment")) {
            return work.apply(held.telling(heard));
        }
    }

    /** Makes a folder for work in progress and removes those of dead owners. */
    Build begin() {
        return holding("begin", this::beginAlone);
    }

    private Build beginAlone() {
        Path builds = home.resolve("build");
        try {
            for (String folder : List.of("build", "locks", "venvs", "uv", "own", "wheels/kept", "wheels/any")) {
                Files.createDirectories(home.resolve(folder));
            }
            sweep(builds);
            String id = UUID.randomUUID().toString();
            Held held = Held.take(builds.resolve(id + ".lock"), Held.LOOK_AGAIN)
                    .orElseThrow(() -> new IOException("a new file is locked: " + id));
            return new Build(Files.createDirectory(builds.resolve(id)), held);
        } catch (IOException e) {
            throw broke("make a folder for a new environment in " + builds, e);
        }
    }

    /** A folder for work in progress; removed on close. */
    record Build(Path folder, Held held) implements AutoCloseable {
        @Override
        public void close() {
            try {
                ThrowawayFolder.delete(folder);
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
                Optional<Held> dead = Held.take(lock, Duration.ZERO);
                if (dead.isPresent()) {
                    String name = lock.getFileName().toString();
                    new Build(builds.resolve(name.substring(0, name.length() - ".lock".length())), dead.get()).close();
                }
            }
        }
    }

    private static SystemBroke broke(String what, IOException e) {
        return new SystemBroke(Breakdown.INTERNAL, "cannot " + what + ": " + e, e);
    }
}
