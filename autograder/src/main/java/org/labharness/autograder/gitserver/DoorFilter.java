package org.labharness.autograder.gitserver;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.http.server.GitSmartHttpTools;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.BasicLogin;

/**
 * Lets those through to a repository who show a token for it. JGit answers 401 without saying how to log in, and Git then never asks its
 * user: this says it.
 */
final class DoorFilter implements Filter {
    static final String VISIT = Visit.class.getName();

    /** In which it has to be said what is to be read. */
    private static final Duration ASKING = Duration.ofMinutes(2);

    private static final Pattern LFS = Pattern.compile("/info/lfs(?:/|$)");
    /** As clients of Git LFS show it. */
    private static final String NO_LFS =
            "{\"message\": \"This server keeps no Git LFS files. Name the server that has them, and"
                    + " commit that (git config -f .lfsconfig lfs.url URL), or put them into your DVC remote.\"}";

    private final TokenStore tokens;
    private final Doors doors;
    private final PushGate gate;
    private final Duration sending;
    private final InstantSource clock;

    /** @param sending how long a push may be sent, a refused one included */
    DoorFilter(TokenStore tokens, Doors doors, PushGate gate, Duration sending, InstantSource clock) {
        this.sending = sending;
        this.tokens = tokens;
        this.doors = doors;
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            doFilter(asked, answer, chain);
        } else {
            throw new ServletException("no HTTP");
        }
    }

    private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Instant arrived = clock.instant();
        String shown = request.getHeader("Authorization");
        Optional<AccessToken> token = BasicLogin.token(shown).flatMap(text -> tokens.check(text, arrived));
        if (token.isEmpty()) {
            response.setHeader("WWW-Authenticate", BasicLogin.CHALLENGE);
            say(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    shown == null
                            ? "Log in with your id as the user and your token as the password."
                            : "That is no token that is good: it may be mistyped, revoked or expired, or its student has left the"
                                    + " course. Staff give out another.");
            return;
        }
        if (LFS.matcher(String.valueOf(request.getPathInfo())).find()) {
            response.setStatus(HttpServletResponse.SC_NOT_IMPLEMENTED);
            response.setContentType("application/vnd.git-lfs+json");
            response.getOutputStream().write(NO_LFS.getBytes(StandardCharsets.UTF_8));
            return;
        }
        switch (doors.find(request.getPathInfo(), token.get(), arrived)) {
            case Doors.Found.Closed closed -> say(response, HttpServletResponse.SC_NOT_FOUND, closed.sentence());
            case Doors.Found.Open open -> enter(open.visit(), request, response, chain);
        }
    }

    /** What can be said before anything is sent is said then. */
    private void enter(Visit visit, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(VISIT, visit);
        if (GitSmartHttpTools.isInfoRefs(request)
                && GitSmartHttpTools.RECEIVE_PACK.equals(request.getParameter("service"))) {
            try {
                gate.beforeAnything(visit);
            } catch (PushRefused refused) {
                gate.note(visit, refused.reason());
                GitSmartHttpTools.sendError(
                        request,
                        response,
                        HttpServletResponse.SC_OK, // Git shows what stands in a good answer alone
                        "refused (" + refused.reason().code() + "): " + refused.sentence() + " "
                                + refused.reason().remedy());
                return;
            }
        }
        HttpServletRequest bounded = GitSmartHttpTools.isUploadPack(request)
                ? new ShortRequest(request, 2 * Uploading.QUESTION, ASKING) // the shorter one says so in words
                : new ShortRequest(request, Long.MAX_VALUE, sending);
        chain.doFilter(bounded, response);
    }

    /** Git shows plain text of an error to its user. */
    private static void say(HttpServletResponse response, int status, String sentence) throws IOException {
        byte[] text = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
