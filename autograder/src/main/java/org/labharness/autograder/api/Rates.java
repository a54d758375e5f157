package org.labharness.autograder.api;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one token may ask, counted in this process. Answers say how much is left by the headers of draft-ietf-httpapi-ratelimit-headers.
 * Only tokens that are good are counted; where there are very many, those that did not ask for longest begin anew.
 */
final class Rates {
    private static final int MOST_TOKENS = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_TOKENS;
        }
    };

    Rates(int perMinute) {
        this.perMinute = perMinute;
    }

    private synchronized Bucket bucket(String token) {
        return buckets.computeIfAbsent(
                token,
                any -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(perMinute)
                                .refillGreedy(perMinute, WINDOW)
                                .build())
                        .build());
    }

    /** @throws Problem where it has asked too often */
    void ask(String token, HttpServletResponse response) {
        ConsumptionProbe probe = bucket(token).tryConsumeAndReturnRemaining(1);
        response.setHeader("RateLimit-Policy", "\"token\";q=" + perMinute + ";w=" + WINDOW.toSeconds());
        response.setHeader(
                "RateLimit",
                "\"token\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset()));
        if (!probe.isConsumed()) {
            throw new Problem(
                    Reason.TOO_MANY_REQUESTS,
                    "This token has asked more than " + perMinute + " times within a minute.",
                    Map.of("Retry-After", String.valueOf(Math.max(1, seconds(probe.getNanosToWaitForRefill())))));
        }
    }

    private static long seconds(long nanos) {
        return Duration.ofNanos(nanos).plusMillis(999).toSeconds();
    }
}
