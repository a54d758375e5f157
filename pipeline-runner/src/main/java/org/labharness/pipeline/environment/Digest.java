package org.labharness.pipeline.environment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.labharness.lab.Sha256;

/** Names for contents. */
final class Digest {
    private static final int LENGTH = 40;

    private Digest() {}

    static String of(List<String> parts) {
        MessageDigest digest = Sha256.begin();
        digest.update(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
        return end(digest);
    }

    static String end(MessageDigest digest) {
        return Sha256.hex(digest).substring(0, LENGTH);
    }
}
