package org.labharness.lab.challenge;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A data challenge as {@code challenge.yaml} describes it.
 *
 * @param team whether a team hands in together
 * @param opens the first moment; null: always was
 * @param closes the last moment in which something is taken; nothing private is told up to then
 * @param award null where it earns no points
 * @param folder of {@code challenge.yaml}, an absolute path
 */
public record Challenge(
        ChallengeId id,
        String title,
        boolean team,
        @Nullable Instant opens,
        Instant closes,
        Venue venue,
        @Nullable Award award,
        Path folder) {
    /** That a challenge is over: whoever wants to see something private has to show it. */
    public static final class Closed {
        private final ChallengeId challenge;

        private Closed(ChallengeId challenge) {
            this.challenge = challenge;
        }

        public ChallengeId challenge() {
            return challenge;
        }
    }

    /** Whether something is taken at a moment; the moment of the close itself is in time. */
    public boolean takes(Instant moment) {
        return (opens == null || !moment.isBefore(opens)) && !moment.isAfter(closes);
    }

    /** That it is over, from the moment after the close on. */
    public Optional<Closed> closed(Instant now) {
        return now.isAfter(closes) ? Optional.of(new Closed(id)) : Optional.empty();
    }
}
