package org.labharness.autograder.gitserver;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request whose body ends after so many bytes, or after a time. JGit reads what is left of one that it has refused for as long as it comes. */
final class ShortRequest extends HttpServletRequestWrapper {
    private final long most;
    private final long end;
    private @Nullable Body body;

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
            if (came > most || System.nanoTime() - end > 0) {
                throw new IOException("the request is too long");
            }
            int count = in.read(into, offset, length);
            came += Math.max(0, count);
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
