package org.labharness.autograder.webhook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * The body of a delivery, byte by byte as it came. GitHub sends up to 25 MB; beyond a small part it lies in a file, so that many large ones
 * at once take no memory.
 */
final class HookBody implements AutoCloseable {
    /** What GitHub sends at most. */
    static final long LARGEST = 25L << 20;

    private static final int IN_MEMORY = 128 << 10;
    /** What a kill has left. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final String NAME = "delivery-";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final byte[] bytes;
    private final @Nullable Path file;

    private HookBody(byte[] bytes, @Nullable Path file) {
        this.bytes = bytes;
        this.file = file;
    }

    /** Takes what is read, as it comes. */
    interface Sink {
        void update(byte[] bytes, int count);
    }

    private interface Timed {
        void update(byte[] bytes, int count) throws IOException;
    }

    /** Slower than any forge sends: they wait ten seconds for an answer. */
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** More than any forge sends. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;
    }

    /**
     * @param folder for a file, where it needs one
     * @throws TooLarge beyond {@link #LARGEST}
     * @throws TooSlow beyond half a minute
     */
    static HookBody read(InputStream in, Path folder, Sink sink) throws IOException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        return timed(in, folder, (bytes, count) -> {
            if (System.nanoTime() > deadline) {
                throw new TooSlow();
            }
            sink.update(bytes, count);
        });
    }

    private static HookBody timed(InputStream in, Path folder, Timed sink) throws IOException {
        ByteArrayOutputStream memory = new ByteArrayOutputStream(8 << 10);
        byte[] chunk = new byte[8 << 10];
        int count;
        while ((count = in.read(chunk)) >= 0) {
            sink.update(chunk, count);
            memory.write(chunk, 0, count);
            if (memory.size() > IN_MEMORY) {
                return spooled(memory, in, folder, sink);
            }
        }
        return new HookBody(memory.toByteArray(), null);
    }

    private static HookBody spooled(ByteArrayOutputStream memory, InputStream in, Path folder, Timed sink)
            throws IOException {
        HookBody body = new HookBody(new byte[0], Files.createTempFile(Files.createDirectories(folder), NAME, ".json"));
        try (OutputStream out = Files.newOutputStream(java.util.Objects.requireNonNull(body.file))) {
            memory.writeTo(out);
            long size = memory.size();
            byte[] chunk = new byte[64 << 10];
            int count;
            while ((count = in.read(chunk)) >= 0) {
                size += count;
                if (size > LARGEST) {
                    throw new TooLarge();
                }
                sink.update(chunk, count);
                out.write(chunk, 0, count);
            }
            return body;
        } catch (IOException | RuntimeException problem) {
            body.close();
            throw problem;
        }
    }

    /** Whether a body of so many bytes lies in no file. */
    static boolean isSmall(long length) {
        return length >= 0 && length <= IN_MEMORY;
    }

    /** Removes what was being read when a process was killed. */
    static void sweep(Path folder, Instant now) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAME + "*")) {
            for (Path one : files) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(now.minus(ABANDONED))) {
                    Files.deleteIfExists(one);
                }
            }
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL,
                    "Deliveries that were being read in " + folder + " cannot be removed.",
                    problem);
        }
    }

    InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
