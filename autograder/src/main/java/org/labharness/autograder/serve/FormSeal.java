package org.labharness.autograder.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a form of ours carries so that no other site can send it: browsers add the login of HTTP's Basic scheme to every request, whoever's
 * page asks for it. Good for whom and for what it was made, until the end of the next hour.
 */
final class FormSeal {
    private static final long HOUR = 3_600;

    private final byte[] key;
    private final InstantSource clock;

    FormSeal(byte[] key, InstantSource clock) {
        this.key = key.clone();
        this.clock = clock;
    }

    /**
     * @param token id of the token whose holder is shown the form
     * @param action what the form does, to what
     */
    String of(String token, String action) {
        return of(token, action, hour());
    }

    boolean good(@Nullable String seal, String token, String action) {
        if (seal == null) {
            return false;
        }
        byte[] shown = seal.getBytes(StandardCharsets.UTF_8);
        return LongStream.of(hour(), hour() - 1)
                .anyMatch(hour ->
                        MessageDigest.isEqual(of(token, action, hour).getBytes(StandardCharsets.US_ASCII), shown));
    }

    private long hour() {
        return clock.instant().getEpochSecond() / HOUR;
    }

    /** The key signs links as well, of which none begins like this. */
    private String of(String token, String action, long hour) {
        return Signature.of("form " + token + " " + hour + " " + action, key);
    }
}
