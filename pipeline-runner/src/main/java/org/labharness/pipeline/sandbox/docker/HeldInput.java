package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Standard input of a container's init: one secret word, then nothing until the container is to end. */
final class HeldInput extends InputStream {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean ending = new AtomicBoolean();
    private final String word;
    private int next;

    HeldInput() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        word = HexFormat.of().formatHex(bytes);
    }

    /** The word that shows that a report is the init's. */
    String word() {
        return word;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        byte[] line = (word + "\n").getBytes(StandardCharsets.US_ASCII);
        if (next < line.length) {
            int count = Math.min(length, line.length - next);
            System.arraycopy(line, next, into, offset, count);
            next += count;
            return count;
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ending.getAndSet(false) ? end(into, offset) : -1;
    }

    /** A byte, because docker-java does not pass on the end of input while output is still read. */
    private static int end(byte[] into, int offset) {
        into[offset] = '\n';
        return 1;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    /** Tells the init to end everything; told twice, it is told once, even where the first has not been read yet. */
    void endContainer() {
        if (closed.getCount() > 0) {
            ending.set(true);
        }
        closed.countDown();
    }

    /** Lets go of a container that has ended. */
    @Override
    public void close() {
        closed.countDown();
    }
}
