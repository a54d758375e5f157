package org.labharness.autograder.dvcremote;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.labharness.autograder.dvcremote.Upload.Refusal;

/** The contents of all remotes. One process writes to them; what it holds of their sizes is its own. Safe for use by several threads. */
public final class DvcStore {
    /** Sent at the same time, in all and to one remote; DVC itself sends four for each processor of its machine. */
    private static final int AT_ONCE = 512;

    private static final int OF_ONE = 64;
    /** Less than DVC waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DvcFolders folders;
    private final DvcLimits limits;
    private final Map<Path, Usage> usages = new ConcurrentHashMap<>();
    private final Map<Path, Semaphore> placesOfOne = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    public DvcStore(DvcFolders folders, DvcLimits limits, InstantSource clock) {
        this.folders = folders;
        this.limits = limits;
        forgetUnfinished(clock.instant().minus(limits.time()).minusSeconds(3_600));
    }

    /** Of a process that was killed. */
    private void forgetUnfinished(Instant before) {
        try (Stream<Path> files = Files.list(folders.incoming())) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was not uploaded to its end cannot be removed", e);
        }
    }

    DvcFolders folders() {
        return folders;
    }

    /** Empty where it is not there. */
    static Optional<Path> find(Path remote, ContentName name) {
        Path file = remote.resolve(name.path());
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    /**
     * Keeps a content, once: what is there is never written over.
     *
     * @param declared how many bytes the sender announces; -1 where it does not
     * @return why it is not kept; empty where it is
     */
    Optional<Refusal> keep(Path remote, ContentName name, InputStream in, long declared) throws IOException {
        if (declared > limits.file().bytes()) {
            return Optional.of(new Refusal(
                    413, "A file may have " + limits.file() + " at most, this one has " + declared + " bytes."));
        }
        Semaphore ofOne = placesOfOne.computeIfAbsent(remote, any -> new Semaphore(OF_ONE, true));
        if (!taken(ofOne)) {
            return Optional.of(TOO_MANY);
        }
        try {
            if (!taken(places)) {
                return Optional.of(TOO_MANY);
            }
            try {
                return kept(remote, name, in);
            } finally {
                places.release();
            }
        } finally {
            ofOne.release();
        }
    }

    private static final Refusal TOO_MANY =
            new Refusal(503, "Too many uploads at once. Run dvc push again in a minute.");

    private static boolean taken(Semaphore place) {
        try {
            return place.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<Refusal> kept(Path remote, ContentName name, InputStream in) throws IOException {
        if (find(remote, name).isPresent()) {
            return ignored(in);
        }
        Usage usage = usage(remote);
        if (!usage.begin()) {
            return Optional.of(
                    new Refusal(507, "Your remote may hold " + limits.files() + " files at most, and it does."));
        }
        try (Upload upload = begun(remote, name, usage)) {
            return upload.read(in, System.nanoTime() + limits.time().toNanos());
        }
    }

    private Upload begun(Path remote, ContentName name, Usage usage) throws IOException {
        try {
            return new Upload(name, remote.resolve(name.path()), folders.incoming(), usage, limits);
        } catch (IOException | RuntimeException problem) {
            usage.giveBack(0);
            throw problem;
        }
    }

    /** What is there already is read, so that the sender gets its answer, and not kept again. */
    private Optional<Refusal> ignored(InputStream in) throws IOException {
        byte[] chunk = new byte[64 << 10];
        long deadline = System.nanoTime() + limits.time().toNanos();
        long read = 0;
        int count;
        while ((count = in.read(chunk)) >= 0 && System.nanoTime() < deadline) {
            read += count;
            if (read > limits.file().bytes()) {
                return Optional.of(new Refusal(413, "A file may have " + limits.file() + " at most."));
            }
        }
        return Optional.empty();
    }

    private Usage usage(Path remote) throws IOException {
        try {
            return usages.computeIfAbsent(remote, folder -> {
                try {
                    return Usage.of(folder, limits);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException("the remote cannot be read", e);
        }
    }

    /** How many bytes a remote holds. */
    long used(Path remote) throws IOException {
        return usage(remote).bytes();
    }
}
