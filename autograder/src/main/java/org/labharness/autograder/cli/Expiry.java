package org.labharness.autograder.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something is good, as people type it. */
final class Expiry {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,3})([hd])");

    private Expiry() {}

    /** The first moment at which it is good no more. */
    static Instant of(String typed, ZoneId zone, Instant now) {
        Matcher span = SPAN.matcher(typed);
        Instant end;
        if (span.matches()) {
            long amount = Long.parseLong(span.group(1));
            end = now.plus(span.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount));
        } else {
            end = endOfDay(typed, zone);
        }
        if (!end.isAfter(now)) {
            throw new WrongUse("--expires " + typed + " is over already.");
        }
        return end;
    }

    private static Instant endOfDay(String typed, ZoneId zone) {
        try {
            return LocalDate.parse(typed).plusDays(1).atStartOfDay(zone).toInstant();
        } catch (DateTimeException wrong) {
            throw new WrongUse("--expires takes a day such as 2026-12-31, or a time such as 90d or 12h; '" + typed
                    + "' is neither.");
        }
    }
}
