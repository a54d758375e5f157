package org.labharness.pipeline.environment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names for contents. */
final class Digest {
    private static final int LENGTH = 40;

    private Digest() {}

    static String of(List<String> parts) {
        MessageDigest digest = begin();
        digest.update(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
        return end(digest);
    }

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String end(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }
}
