package org.labharness.lab.course;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times as a course's students read them. */
public record CourseClock(ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** To the minute, such as {@code 2026-10-01 12:00}. */
    public String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** The same with the zone. */
    public String moment(Instant instant) {
        return time(instant) + " " + zone;
    }

    /** A last moment: of midnight the day that it ends, as people say it. */
    public String end(Instant instant) {
        ZonedDateTime there = instant.atZone(zone);
        return there.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? "the end of " + there.toLocalDate().minusDays(1)
                : TIME.format(there);
    }
}
