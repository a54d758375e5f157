package org.labharness.autograder.webhook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of a delivery, byte by byte as it came. GitHub sends up to 25 MB; beyond a small part it lies in a file, so that many large ones
 * at once take no memory.
 */
final class HookBody implements AutoCloseable {
    /** What GitHub sends at most. */
    static final long LARGEST = 25L << 20;

    private static final int IN_MEMORY = 128 << 10;
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
        HookBody body =
                new HookBody(new byte[0], Files.createTempFile(Files.createDirectories(folder), "delivery-", ".json"));
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
