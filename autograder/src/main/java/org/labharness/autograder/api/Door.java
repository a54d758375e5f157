package org.labharness.autograder.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.ServedCourse;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.TokenText;

/** Lets those in who show a token, as often as they may ask. */
final class Door {
    private static final String SCHEME = "bearer ";
    private static final int LONGEST_HEADER = 500;

    private final ApiGround ground;
    private final TokenStore tokens;
    private final Rates rates;

    Door(ApiGround ground) {
        this.ground = ground;
        this.tokens = new TokenStore(ground.database());
        this.rates = new Rates(ground.limits().perMinute());
    }

    /** @throws Problem where there is no good token, or it has asked too often */
    Visitor enter(HttpServletRequest request, HttpServletResponse response) {
        Instant arrived = ground.clock().instant();
        String shown = request.getHeader("Authorization");
        AccessToken token =
                text(shown).flatMap(text -> tokens.check(text, arrived)).orElseThrow(() -> closed(shown != null));
        rates.ask(token.id(), response);
        ServedCourse served = ground.courses().now(token.course()).orElseThrow(() -> closed(true));
        return new Visitor(token, served, arrived);
    }

    private static Problem closed(boolean shown) {
        return new Problem(
                Reason.NO_TOKEN,
                shown
                        ? "That is no token that is good: it may be mistyped, revoked, expired or of another course, or its student"
                                + " has left the course."
                        : "There is no token.",
                Map.of("WWW-Authenticate", "Bearer realm=\"lab\"" + (shown ? ", error=\"invalid_token\"" : "")));
    }

    /** The token of RFC 6750. */
    private static Optional<TokenText> text(@Nullable String header) {
        return header == null
                        || header.length() > LONGEST_HEADER
                        || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? Optional.empty()
                : TokenText.parse(header.substring(SCHEME.length()).strip());
    }
}
