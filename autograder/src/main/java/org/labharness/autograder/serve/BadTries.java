package org.labharness.autograder.serve;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.labharness.autograder.api.Problems;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.BasicLogin;
import org.labharness.autograder.token.TokenText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away an address from which many tries without a good token have come within a minute. Whoever shows a good one is let in from
 * there all the same: a class behind one address is never locked out by one of it.
 */
final class BadTries extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(BadTries.class);
    private static final int OF_A_MINUTE = 60;
    private static final int ADDRESSES = 10_000;
    private static final String BEARER = "bearer ";

    private final TokenStore tokens;
    private final InstantSource clock;
    private final Tries tries = new Tries(OF_A_MINUTE, ADDRESSES);

    BadTries(Database database, InstantSource clock) {
        this.tokens = new TokenStore(database);
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String shown = request.getHeader("Authorization");
        if (shown == null) { // clients ask without, to be told how to log in
            chain.doFilter(request, response);
            return;
        }
        String address = request.getRemoteAddr();
        Instant now = clock.instant();
        if (tries.usedUp(address, now)
                && text(shown).flatMap(text -> tokens.check(text, now)).isEmpty()) {
            turnAway(request, response, now);
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpStatus.UNAUTHORIZED.value() && tries.failed(address, now)) {
            LOG.warn(
                    "{} tries without a good token from {} within a minute: more are turned away",
                    OF_A_MINUTE,
                    address);
        }
    }

    private static Optional<TokenText> text(String shown) {
        return shown.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? TokenText.parse(shown.substring(BEARER.length()).strip())
                : BasicLogin.token(shown);
    }

    private static void turnAway(HttpServletRequest request, HttpServletResponse response, Instant now)
            throws IOException {
        String sentence =
                "Too many tries without a good token came from your address within a minute. Look at your token and"
                        + " try again in " + Tries.wait(now) + " s; a good one is taken at once.";
        boolean api = request.getRequestURI().startsWith("/api/");
        byte[] body = api
                ? Problems.ofStatus(
                                HttpStatus.TOO_MANY_REQUESTS.value(), HttpStatus.TOO_MANY_REQUESTS.getReasonPhrase())
                        .getBody()
                : (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader("Retry-After", String.valueOf(Tries.wait(now)));
        response.setContentType(api ? "application/problem+json" : "text/plain; charset=utf-8");
        if (body != null) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
