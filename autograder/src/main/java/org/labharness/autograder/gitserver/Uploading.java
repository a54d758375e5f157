package org.labharness.autograder.gitserver;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a repository. The names that a client asks for JGit keeps in memory, in a table that names of the client's choosing make
 * slow (each like the one before: 10,000 of them take two seconds, 80,000 two minutes). So a question has an end, packed or not, and of
 * one repository one is answered at a time.
 */
final class Uploading extends UploadPack {
    /** Bytes: all branches that a repository may have, and 8,000 commits that a client tells of at once. */
    static final long QUESTION = 512L << 10;

    private static final int TIMEOUT_SECONDS = 120;
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;

    private final Semaphore turn;
    private final Duration patience;

    /** @param turn whose turn it is to read this repository */
    Uploading(Repository repository, Semaphore turn, Duration patience) {
        super(repository);
        this.turn = turn;
        this.patience = patience;
        setTimeout(TIMEOUT_SECONDS);
    }

    @Override
    public void upload(InputStream in, OutputStream out, @Nullable OutputStream messages) throws IOException {
        inTurn(() -> super.upload(new Question(in), out, messages));
    }

    @Override
    public void uploadWithExceptionPropagation(InputStream in, OutputStream out, @Nullable OutputStream messages)
            throws IOException {
        inTurn(() -> super.uploadWithExceptionPropagation(new Question(in), out, messages));
    }

    private interface Reading {
        void read() throws IOException;
    }

    private void inTurn(Reading reading) throws IOException {
        try {
            if (!turn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ServiceMayNotContinueException(
                        "Somebody else has been reading this repository for more than " + patience.toSeconds()
                                + " s. Try again in a minute.",
                        UNAVAILABLE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ServiceMayNotContinueException("The server is being stopped.", UNAVAILABLE);
        }
        try {
            reading.read();
        } finally {
            turn.release();
        }
    }

    private static final class Question extends FilterInputStream {
        private long came;

        Question(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = super.read(into, offset, length);
                came += Math.max(0, count);
                return within(count);
            } catch (StackOverflowError nested) {
                // Each empty member of a gzip stream is a call within a call in the JDK.
                throw new ZipException("too many parts");
            }
        }

        private int within(int count) throws ServiceMayNotContinueException {
            if (came > QUESTION) {
                throw new ServiceMayNotContinueException(
                        "What was asked is longer than " + (QUESTION >> 10) + " KiB, the limit.", TOO_LARGE);
            }
            return count;
        }
    }
}
