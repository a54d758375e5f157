package org.labharness.autograder.challenge;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.labharness.autograder.challenge.Refused.Code;
import org.labharness.lab.challenge.Quota;
import org.labharness.lab.course.CourseClock;

/** Decides whether one more entry is taken. Pure. */
public record EntryRule(Quota quota, ZoneId zone) {
    /** The day in which something counts. */
    public ChallengeDay day(Instant moment) {
        return ChallengeDay.of(moment, zone);
    }

    /** How many earlier ones are of the same day. */
    public int today(Instant moment, List<Earlier> earlier) {
        ChallengeDay day = day(moment);
        return (int) earlier.stream().filter(one -> day.holds(one.at())).count();
    }

    /**
     * Why it is not taken.
     *
     * @param predictions digest of what is predicted
     * @param earlier all entries of the same owner, and of the same person for whomever
     */
    public Optional<Refused> refuses(Received received, String predictions, List<Earlier> earlier) {
        Optional<Earlier> same = earlier.stream()
                .filter(one -> one.own() && one.predictions().equals(predictions))
                .findFirst();
        if (same.isPresent()) {
            return Optional.of(new Refused(
                    Code.SAME,
                    "These are the predictions of entry " + same.get().id() + ", handed in "
                            + time(same.get().at()) + ", in the same or another order. They would score the same, so"
                            + " nothing is used up."));
        }
        Integer inAll = quota.inAll();
        if (inAll != null && earlier.size() >= inAll) {
            return Optional.of(new Refused(
                    Code.WHOLE_LIMIT,
                    "All " + inAll + " entries that this challenge takes of a team or student are used up."
                            + taken(earlier)));
        }
        int today = today(received.at(), earlier);
        if (today >= quota.perDay()) {
            ChallengeDay day = day(received.at());
            return Optional.of(new Refused(
                    Code.DAY_LIMIT,
                    today + (today == 1 ? " entry was" : " entries were") + " taken on " + day.date() + " already, and "
                            + quota.perDay() + " a day are. The next one is taken from " + time(day.to())
                            + " on." + taken(earlier)));
        }
        return Optional.empty();
    }

    /** Where somebody handed in for another team before. */
    private static String taken(List<Earlier> earlier) {
        long others = earlier.stream().filter(one -> !one.own()).count();
        return others == 0
                ? ""
                : " " + others + " of them were handed in by the same person in another team, and count here too.";
    }

    private String time(Instant moment) {
        return new CourseClock(zone).moment(moment);
    }
}
