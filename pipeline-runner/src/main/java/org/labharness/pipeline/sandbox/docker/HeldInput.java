package org.labharness.pipeline.sandbox.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Standard input of a container's init: one secret word, what to run, then nothing until the container is to end. */
final class HeldInput extends InputStream {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** More than a word of it ends the container: docker-java does not pass on the end of input while output is still read. */
    private static final byte[] END = {'\n'};

    private static final byte[] OVER = {};
    private final BlockingQueue<byte[]> said = new LinkedBlockingQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final String word;
    private byte[] current = OVER;
    private int next;

    HeldInput() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        word = HexFormat.of().formatHex(bytes);
        said.add((word + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The word that shows that a report is the init's. */
    String word() {
        return word;
    }

    /** Says what to run, once. */
    void order(List<String> argv, Map<String, String> environment, String workingDirectory) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        field(fields, workingDirectory);
        field(fields, Integer.toString(environment.size()));
        environment.forEach((name, value) -> field(fields, name + "=" + value));
        argv.forEach(argument -> field(fields, argument));
        said.add((fields.size() + "\n").getBytes(StandardCharsets.US_ASCII));
        said.add(fields.toByteArray());
    }

    /** A NUL ends it, as it would any argument of a program. */
    private static void field(ByteArrayOutputStream fields, String text) {
        int nul = text.indexOf('\0');
        fields.writeBytes((nul < 0 ? text : text.substring(0, nul)).getBytes(StandardCharsets.UTF_8));
        fields.write(0);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == current.length) {
            try {
                current = said.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                current = OVER;
            }
            next = 0;
        }
        if (current.length == 0) {
            said.add(OVER); // whoever reads again is told again
            return -1;
        }
        int count = Math.min(length, current.length - next);
        System.arraycopy(current, next, into, offset, count);
        next += count;
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    /** Tells the init to end everything; told twice, it is told once, even where the first has not been read yet. */
    void endContainer() {
        if (closed.compareAndSet(false, true)) {
            said.add(END);
            said.add(OVER);
        }
    }

    /** Lets go of a container that has ended. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            said.add(OVER);
        }
    }
}
