package org.labharness.autograder.serve;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.labharness.autograder.dvcremote.DvcLimits;
import org.labharness.pipeline.SystemBroke;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/** What holds for every request: how much it may send, and what browsers may make of the answer. */
final class SafeAnswers extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SafeAnswers.class);
    /** Only pushes, deliveries of forges and data for DVC have more. */
    private static final long USUAL = 1 << 20;

    private final long push;
    private final DvcLimits data;

    /** @param push bytes of a push at most */
    SafeAnswers(long push, DvcLimits data) {
        this.push = push;
        this.data = data;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        String path = request.getRequestURI();
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action "
                        + (path.startsWith(StaffController.PATH) ? "'self'" : "'none'") + "; frame-ancestors 'none'");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        long most =
                path.startsWith("/git/") ? push : ForgesAndData.most(path, data).orElse(USUAL);
        if (request.getContentLengthLong() > most) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        try {
            chain.doFilter(new Bounded(request, most), response);
        } catch (ServletException | RuntimeException problem) {
            Optional<SystemBroke> broke = broke(problem);
            if (broke.isEmpty() || response.isCommitted()) {
                throw problem;
            }
            LOG.error("a request to {} came to nothing: {}", path, broke.get().getMessage());
            say(response, broke.get());
        }
    }

    private static Optional<SystemBroke> broke(Throwable problem) {
        return Stream.iterate(problem, Objects::nonNull, Throwable::getCause)
                .flatMap(cause -> cause instanceof SystemBroke broke ? Stream.of(broke) : Stream.empty())
                .findFirst();
    }

    /** Without what the sentence for staff says: it may name folders and hosts. */
    private static void say(HttpServletResponse response, SystemBroke broke) throws IOException {
        byte[] sentence = ("The system broke (" + broke.code().code()
                        + "). That is not your fault, and nothing was taken. Try again in some minutes.\n")
                .getBytes(StandardCharsets.UTF_8);
        response.resetBuffer();
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", "30");
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(sentence.length);
        response.getOutputStream().write(sentence);
    }

    /** A body whose length nobody said is cut off where it gets too long. */
    private static final class Bounded extends HttpServletRequestWrapper {
        private final long most;

        Bounded(HttpServletRequest request, long most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedBody(super.getInputStream(), most);
        }
    }

    private static final class BoundedBody extends ServletInputStream {
        private final ServletInputStream in;
        private long left;

        BoundedBody(ServletInputStream in, long most) {
            this.in = in;
            this.left = most;
        }

        private void count(int bytes) throws IOException {
            left -= Math.max(0, bytes);
            if (left < 0) {
                throw new IOException("the request is longer than it may be");
            }
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count(read);
            return read;
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
