package org.labharness.pipeline.checkout;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit's traces from the terminal: the thread that reads a repository on this machine for a fetch prints whatever it meets to the
 * standard error, and the fetch tells it as well.
 */
final class QuietUploads {
    private static final String THREAD = "JGit-Upload-Pack";
    private static @Nullable PrintStream ours;

    private QuietUploads() {}

    /** From now on; output of all other threads passes as before. */
    static synchronized void begin() {
        if (!System.err.equals(ours)) {
            ours = new PrintStream(new Others(System.err), true, StandardCharsets.UTF_8);
            System.setErr(ours);
        }
    }

    private static final class Others extends FilterOutputStream {
        Others(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int letter) throws IOException {
            if (!Thread.currentThread().getName().equals(THREAD)) {
                out.write(letter);
            }
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            if (!Thread.currentThread().getName().equals(THREAD)) {
                out.write(bytes, start, length);
            }
        }
    }
}
