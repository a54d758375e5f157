package org.labharness.autograder.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
     * Who somebody says that they are, and how they prove it; both may be empty.
     *
     * @param secret a token, or what is taken for one
     */
    public record Login(String user, String secret) {
        static final Login NONE = new Login("", "");

        /** The token, where the secret looks like one. */
        public Optional<TokenText> token() {
            return TokenText.parse(secret.strip());
        }

        /** Without the secret, for it may get into a message. */
        @Override
        public String toString() {
            return user + ":…";
        }
    }

    /**
     * The login of a request; empty words where it carries none.
     *
     * @param header its {@code Authorization}
     */
    public static Login login(@Nullable String header) {
        if (header == null
                || header.length() > LONGEST_HEADER
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Login.NONE;
        }
        try {
            String login = new String(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), StandardCharsets.UTF_8);
            int colon = login.indexOf(':');
            return colon < 0 ? Login.NONE : new Login(login.substring(0, colon), login.substring(colon + 1));
        } catch (IllegalArgumentException noBase64) {
            return Login.NONE;
        }
    }

    /**
     * The token of a request; empty where it carries nothing that looks like one.
     *
     * @param header its {@code Authorization}
     */
    public static Optional<TokenText> token(@Nullable String header) {
        return login(header).token();
    }
}
