package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * What a client sends for a push: the names first, then the pack. The pack is put aside as a whole before anything is done with it, so
 * that whoever sends slowly keeps nobody waiting but themselves; and all of it has to come within a time.
 */
final class Sent extends InputStream {
    private static final int CHUNK = 1 << 16;
    /** So that one byte too many is seen by whoever counts them. */
    private static final int MORE = CHUNK;

    private final InputStream in;
    private final Path folder;
    private final Duration time;
    private final long end;
    private @Nullable Path file;
    private @Nullable InputStream aside;
    private @Nullable IOException lost;

    /**
     * @param folder for what is put aside
     * @param time in which everything has to come
     */
    Sent(InputStream in, Path folder, Duration time) {
        this.in = in;
        this.folder = folder;
        this.time = time;
        this.end = System.nanoTime() + time.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        InputStream kept = aside;
        return kept == null ? come(into, offset, length) : kept.read(into, offset, length);
    }

    /** From the client itself. Once it is lost it is never asked again: each time would take as long as the first. */
    private int come(byte[] into, int offset, int length) throws IOException {
        IOException before = lost;
        if (before != null) {
            throw new IOException(before.getMessage(), before);
        }
        if (System.nanoTime() > end) {
            lost = new IOException("it took too long");
            throw new PushRefused(
                    PushRefusal.TOO_SLOW,
                    "The push was being sent for more than " + time.toSeconds() + " s, the limit.");
        }
        try {
            return in.read(into, offset, length);
        } catch (IOException gone) {
            lost = gone;
            throw gone;
        } catch (StackOverflowError nested) { // each empty member of a gzip stream is a call within a call in the JDK
            lost = new IOException("too many parts");
            throw lost;
        }
    }

    /**
     * Reads what is still to come, and lets it be read from a file from then on.
     *
     * @param most bytes that are of use; of more only so many are kept that it is seen
     */
    void putAside(long most) throws IOException {
        Path made = create();
        file = made;
        byte[] chunk = new byte[CHUNK];
        long taken = 0;
        try (OutputStream out = open(made)) {
            for (int count = come(chunk, 0, CHUNK); count >= 0; count = come(chunk, 0, CHUNK)) {
                write(out, chunk, count);
                taken += count;
                if (taken > most + MORE) {
                    break;
                }
            }
        }
        aside = Files.newInputStream(made);
    }

    private Path create() {
        try {
            return Files.createTempFile(folder, "push-", "");
        } catch (IOException problem) {
            throw full(problem);
        }
    }

    private OutputStream open(Path made) {
        try {
            return Files.newOutputStream(made, StandardOpenOption.WRITE);
        } catch (IOException problem) {
            throw full(problem);
        }
    }

    private void write(OutputStream out, byte[] chunk, int count) {
        try {
            out.write(chunk, 0, count);
        } catch (IOException problem) {
            throw full(problem);
        }
    }

    private SystemBroke full(IOException problem) {
        return new SystemBroke(
                Breakdown.DISK_FULL,
                "What is pushed cannot be put aside in " + folder + ": " + problem.getMessage(),
                problem);
    }

    /** Reads the rest and forgets it, for a client reads its answer when it has sent everything. */
    void rest(long most) {
        byte[] chunk = new byte[CHUNK];
        long left = most;
        try {
            for (int count = come(chunk, 0, CHUNK); count >= 0 && left > 0; count = come(chunk, 0, CHUNK)) {
                left -= count;
            }
        } catch (IOException | PushRefused gone) {
            // then nobody waits for an answer
        }
    }

    @Override
    public void close() throws IOException {
        InputStream kept = aside;
        Path made = file;
        if (kept != null) {
            kept.close();
        }
        if (made != null) {
            Files.deleteIfExists(made);
        }
    }
}
