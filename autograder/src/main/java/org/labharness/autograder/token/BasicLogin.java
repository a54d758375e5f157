package org.labharness.autograder.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token as HTTP's Basic scheme (RFC 7617) carries it: it is the password, whatever the user's name is. */
public final class BasicLogin {
    /** What is to be said in {@code WWW-Authenticate}, so that Git and browsers ask their users. */
    public static final String CHALLENGE = "Basic realm=\"lab\", charset=\"UTF-8\"";

    private static final String SCHEME = "basic ";
    private static final int LONGEST_HEADER = 500;

    private BasicLogin() {}

    /**
     * The token of a request; empty where it carries nothing that looks like one.
     *
     * @param header its {@code Authorization}
     */
    public static Optional<TokenText> token(@Nullable String header) {
        if (header == null
                || header.length() > LONGEST_HEADER
                || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        try {
            String login = new String(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), StandardCharsets.UTF_8);
            return TokenText.parse(login.substring(login.indexOf(':') + 1).strip());
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
