package org.labharness.autograder.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.labharness.autograder.webhook.HookSecrets.Secret;
import org.labharness.lab.Sha256;
import org.labharness.lab.course.CourseId;

/**
 * Whether a delivery comes from whom it says, found while its body is read. GitHub and Gitea sign the body (HMAC-SHA256, hexadecimal);
 * GitLab signs {@code id.timestamp.body} as Standard Webhooks do, or gives the secret itself. Every secret is tried and compared in
 * constant time, whichever fits.
 */
final class Proof {
    /** How old a signed time may be; deliveries are remembered for longer. */
    static final Duration OLDEST = Duration.ofDays(60);

    private static final Duration AHEAD = Duration.ofHours(1);
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SIGNING = "whsec_";
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final byte[] NOTHING = {};

    /** By the secret: one that several courses share is tried once. */
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();

    private final Set<CourseId> proven = new LinkedHashSet<>();
    private final MessageDigest digest = Sha256.begin();
    private final boolean coversId;

    /** @param expected what the HMAC of the body has to be; any of them */
    private record Candidate(Set<CourseId> courses, Mac mac, List<byte[]> expected) {}

    private Proof(boolean coversId) {
        this.coversId = coversId;
    }

    /** @throws Unproven where the request holds nothing that could prove it */
    static Proof begin(Headers headers, List<Secret> secrets, Instant now) throws Unproven {
        return switch (headers.forge()) {
            case GITHUB -> signed(headers.required("X-Hub-Signature-256").replaceFirst("^sha256=", ""), secrets);
            case GITEA ->
                signed(
                        headers.get("X-Gitea-Signature")
                                .or(() -> headers.get("X-Forgejo-Signature"))
                                .orElseThrow(() -> Unproven.without("X-Gitea-Signature")),
                        secrets);
            case GITLAB ->
                headers.get("webhook-signature").isPresent()
                        ? standard(headers, secrets, now)
                        : token(headers.required("X-Gitlab-Token"), secrets);
        };
    }

    private static Proof signed(String hex, List<Secret> secrets) throws Unproven {
        if (!HEX.matcher(hex).matches()) {
            throw new Unproven("the signature is no HMAC-SHA256: expected 64 hexadecimal digits");
        }
        Proof proof = new Proof(false);
        List<byte[]> expected = List.of(HexFormat.of().parseHex(hex));
        secrets.forEach(secret -> proof.add(secret, secret.text().getBytes(UTF_8), NOTHING, expected));
        return proof;
    }

    private static Proof standard(Headers headers, List<Secret> secrets, Instant now) throws Unproven {
        String id = headers.required("webhook-id");
        String time = headers.required("webhook-timestamp");
        if (!isRecent(time, now)) {
            throw new Unproven("it was signed at another time than now (webhook-timestamp)");
        }
        List<byte[]> expected = new ArrayList<>();
        for (String one : headers.required("webhook-signature").split(" ", 20)) {
            if (one.startsWith("v1,")) {
                expected.add(decoded(one.substring(3)));
            }
        }
        Proof proof = new Proof(true);
        byte[] before = (id + "." + time + ".").getBytes(UTF_8);
        for (Secret secret : secrets) {
            if (secret.text().startsWith(SIGNING)) {
                proof.add(secret, decoded(secret.text().substring(SIGNING.length())), before, expected);
            }
        }
        return proof;
    }

    private static boolean isRecent(String time, Instant now) {
        try {
            Instant at = SECONDS.matcher(time).matches() ? Instant.ofEpochSecond(Long.parseLong(time)) : Instant.MIN;
            return at.isAfter(now.minus(OLDEST)) && at.isBefore(now.plus(AHEAD));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return NOTHING; // no HMAC has no bytes
        }
    }

    /** Sums are compared in place of the texts, so that not even a length shows in the time that it takes. */
    private static Proof token(String token, List<Secret> secrets) throws Unproven {
        Proof proof = new Proof(true);
        byte[] given = Sha256.begin().digest(token.getBytes(UTF_8));
        for (Secret secret : secrets) {
            boolean same = MessageDigest.isEqual(
                    given, Sha256.begin().digest(secret.text().getBytes(UTF_8)));
            if (same && !secret.text().startsWith(SIGNING)) {
                proof.proven.add(secret.course());
            }
        }
        proof.courses(); // else nothing of it is read
        return proof;
    }

    private void add(Secret secret, byte[] key, byte[] before, List<byte[]> expected) {
        Candidate shared = candidates.get(secret.text());
        if (shared != null) {
            shared.courses().add(secret.course());
        }
        if (shared != null || key.length == 0) {
            return;
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(before);
            candidates.put(secret.text(), new Candidate(new LinkedHashSet<>(Set.of(secret.course())), mac, expected));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The next bytes of the body. */
    void update(byte[] bytes, int count) {
        digest.update(bytes, 0, count);
        candidates.values().forEach(candidate -> candidate.mac().update(bytes, 0, count));
    }

    /**
     * Ends the reading.
     *
     * @return the courses whose secret it was
     * @throws Unproven where it was none
     */
    Set<CourseId> courses() throws Unproven {
        Set<CourseId> courses = new LinkedHashSet<>(proven);
        for (Candidate candidate : candidates.values()) {
            byte[] seen = candidate.mac().doFinal();
            for (byte[] expected : candidate.expected()) {
                if (MessageDigest.isEqual(seen, expected)) {
                    courses.addAll(candidate.courses());
                }
            }
        }
        if (courses.isEmpty()) {
            throw new Unproven("it was made with none of the secrets that the harness knows");
        }
        return courses;
    }

    /** Of the body, once it is read; SHA-256, hexadecimal. */
    String digest() {
        return Sha256.hex(digest);
    }

    /** Whether the id of the delivery is proven as well: a sender of the same body with another id knows the secret. */
    boolean coversId() {
        return coversId;
    }

    /** Why a delivery is not believed, as the end of a sentence. */
    static final class Unproven extends Exception {
        private static final long serialVersionUID = 1;

        Unproven(String message) {
            super(message);
        }

        static Unproven without(String header) {
            return new Unproven("the header " + header + " is missing. Set a secret for the webhook");
        }
    }
}
