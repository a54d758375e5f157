package org.labharness.autograder.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.challenge.Quota;

/** How often is counted by the days of the course's time zone, whatever clocks do. */
class EntryRuleTests {
    private static final StudentId ADA = StudentId.parse("s01");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** Between the nights in which clocks of Berlin are set back (25 October 2026) and before it. */
    private static final Instant AUTUMN = Instant.parse("2026-10-22T00:00:00Z");

    private static Received received(Instant at) {
        return new Received(new Owner.OfStudent(ADA), ADA, at, "p.csv", "d");
    }

    private static List<Earlier> earlier(Instant... times) {
        List<Earlier> earlier = new ArrayList<>();
        for (Instant time : times) {
            earlier.add(new Earlier(earlier.size() + 1, time, "p" + earlier.size(), true));
        }
        return earlier;
    }

    @Property(tries = 300)
    void aDayNeverTakesMoreThanItsLimitWhateverTheClockDoes(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 7 * 24 * 60) Integer> minutes,
            @ForAll @IntRange(min = 1, max = 4) int perDay) {
        for (String zone : List.of("Europe/Berlin", "Asia/Kolkata", "America/New_York", "Pacific/Apia")) {
            ZoneId place = ZoneId.of(zone);
            EntryRule rule = new EntryRule(new Quota(perDay, 20), place);
            List<Earlier> taken = new ArrayList<>();
            for (int minute : minutes.stream().sorted().toList()) {
                Instant at = AUTUMN.plus(Duration.ofMinutes(minute));
                long ofThisDate = taken.stream()
                        .filter(one -> one.at()
                                .atZone(place)
                                .toLocalDate()
                                .equals(at.atZone(place).toLocalDate()))
                        .count();
                boolean refused =
                        rule.refuses(received(at), "q" + taken.size(), taken).isPresent();
                assertThat(refused).as("%s at %s", zone, at).isEqualTo(ofThisDate >= perDay || taken.size() >= 20);
                if (!refused) {
                    taken.add(new Earlier(taken.size() + 1, at, "p" + taken.size(), true));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # zone,           entry,                 next,                  same day
            Asia/Kolkata,     2026-11-01T18:29:59Z,  2026-11-01T18:30:00Z,  false
            Asia/Kolkata,     2026-11-01T18:30:00Z,  2026-11-02T18:29:59Z,  true
            Europe/Berlin,    2026-10-24T22:00:00Z,  2026-10-25T22:59:59Z,  true
            Europe/Berlin,    2026-10-24T21:59:59Z,  2026-10-24T22:00:00Z,  false
            Europe/Berlin,    2026-03-28T23:00:00Z,  2026-03-29T21:59:59Z,  true
            Europe/Berlin,    2026-03-28T23:00:00Z,  2026-03-29T22:00:00Z,  false
            """)
    void aDayIsFromMidnightToMidnight(String zone, Instant entry, Instant next, boolean sameDay) {
        EntryRule rule = new EntryRule(new Quota(1, null), ZoneId.of(zone));

        assertThat(rule.refuses(received(next), "q", earlier(entry)).isPresent())
                .isEqualTo(sameDay);
        assertThat(rule.day(entry).holds(next)).isEqualTo(sameDay);
    }

    @Test
    void theDayOfTheClockChangeHasTwentyFiveHours() {
        ChallengeDay day = ChallengeDay.of(Instant.parse("2026-10-25T12:00:00Z"), BERLIN);

        assertThat(Duration.between(day.from(), day.to())).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void whoeverIsRefusedIsToldWhenTheNextIsTaken() {
        EntryRule rule = new EntryRule(new Quota(2, 3), BERLIN);
        Instant noon = Instant.parse("2026-10-24T10:00:00Z");

        assertThat(rule.refuses(received(noon), "q", earlier(noon, noon)).orElseThrow())
                .isEqualTo(new Refused(
                        Refused.Code.DAY_LIMIT,
                        "2 entries were taken on 2026-10-24 already, and 2 a day are. The next one is taken from"
                                + " 2026-10-25 00:00 Europe/Berlin on."));
        assertThat(rule.refuses(received(noon.plus(Duration.ofDays(9))), "q", earlier(noon, noon, noon))
                        .orElseThrow()
                        .message())
                .isEqualTo("All 3 entries that this challenge takes of a team or student are used up.");
        assertThat(rule.refuses(received(noon), "p0", earlier(noon))
                        .orElseThrow()
                        .message())
                .startsWith("These are the predictions of entry 1, handed in 2026-10-24 12:00 Europe/Berlin");
    }

    @Test
    void whoeverChangesTheTeamTakesAlongWhatTheyUsedUp() {
        EntryRule rule = new EntryRule(new Quota(2, null), BERLIN);
        List<Earlier> inOtherTeam = LongStream.of(1, 2)
                .mapToObj(id -> new Earlier(id, AUTUMN, "p" + id, false))
                .toList();

        assertThat(rule.refuses(received(AUTUMN), "p1", inOtherTeam)
                        .orElseThrow()
                        .message())
                .endsWith("2 of them were handed in by the same person in another team, and count here too.");
    }
}
