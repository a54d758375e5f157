package org.labharness.autograder.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Sha256;

/**
 * A token as its holder has it: {@code lab_ID_SECRET}, lower-case letters and digits that nobody mistakes for each other (Crockford's
 * base 32). The secret has 260 random bits. The prefix lets scanners for leaked secrets find it.
 */
public final class TokenText {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID = 8;
    private static final int SECRET = 52;
    private static final Pattern FORM = Pattern.compile("lab_([0-9a-z]{" + ID + "})_([0-9a-z]{" + SECRET + "})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id;
    private final String secret;

    private TokenText(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /** Another one each time. */
    public static TokenText random() {
        return new TokenText(letters(ID), letters(SECRET));
    }

    /** Empty where a text is of another form. */
    public static Optional<TokenText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new TokenText(form.group(1), form.group(2))) : Optional.empty();
    }

    private static String letters(int count) {
        StringBuilder letters = new StringBuilder();
        RANDOM.ints(count, 0, ALPHABET.length()).forEach(i -> letters.append(ALPHABET.charAt(i)));
        return letters.toString();
    }

    /** Names it; no secret. */
    public String id() {
        return id;
    }

    /** What its holder needs, to be shown once. */
    public String reveal() {
        return "lab_" + id + "_" + secret;
    }

    /** SHA-256 (hex) of the secret: enough for what is random in 260 bits, which nobody can guess. */
    public String digest() {
        return Sha256.hex(digestOf(secret));
    }

    private static MessageDigest digestOf(String secret) {
        MessageDigest digest = Sha256.begin();
        digest.update(secret.getBytes(StandardCharsets.US_ASCII));
        return digest;
    }

    /** Whether its digest is one that was kept; takes as long wherever they differ. */
    public boolean matches(String kept) {
        return MessageDigest.isEqual(
                digest().getBytes(StandardCharsets.US_ASCII), kept.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the secret, for it may get into a message. */
    @Override
    public String toString() {
        return "lab_" + id + "_…";
    }
}
