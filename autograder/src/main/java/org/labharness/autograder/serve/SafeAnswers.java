package org.labharness.autograder.serve;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.labharness.autograder.dvcremote.DvcLimits;
import org.labharness.autograder.gitserver.ShortRequest;
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
            chain.doFilter(new ShortRequest(request, most), response);
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
}
