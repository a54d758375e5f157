package org.labharness.autograder.challenge;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A day of the course's time zone, as limits count it: from its midnight to the next one, 23 or 25 hours where clocks change.
 *
 * @param from its first moment
 * @param to the first moment of the next day
 */
public record ChallengeDay(LocalDate date, ZoneId zone, Instant from, Instant to) {
    /** The day of a moment. */
    public static ChallengeDay of(Instant moment, ZoneId zone) {
        LocalDate date = moment.atZone(zone).toLocalDate();
        return new ChallengeDay(
                date,
                zone,
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
    }

    public boolean holds(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }
}
