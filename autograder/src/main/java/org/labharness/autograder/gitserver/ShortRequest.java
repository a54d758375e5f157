package org.labharness.autograder.gitserver;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is cut off after so many bytes, whatever length was said, or after a time. JGit reads what is left of one that it
 * has refused for as long as it comes.
 */
public final class ShortRequest extends HttpServletRequestWrapper {
    /** No connection lasts so long. */
    private static final Duration ANY = Duration.ofDays(365);

    private final long most;
    private final long end;
    private @Nullable Body body;

    /** @param most bytes */
    public ShortRequest(HttpServletRequest request, long most) {
        this(request, most, ANY);
    }

    /**
     * The same with an end in time.
     *
     * @param most bytes
     */
    ShortRequest(HttpServletRequest request, long most, Duration time) {
        super(request);
        this.most = most;
        this.end = System.nanoTime() + time.toNanos();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Body(super.getInputStream());
        }
        return body;
    }

    private final class Body extends ServletInputStream {
        private final ServletInputStream in;
        private long came;

        Body(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the request takes longer than it may");
            }
            int count = in.read(into, offset, length);
            came += Math.max(0, count);
            if (came > most) {
                throw new IOException("the request is longer than it may be");
            }
            return count;
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
