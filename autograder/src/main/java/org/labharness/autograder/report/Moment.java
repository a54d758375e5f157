package org.labharness.autograder.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as people read them: to the second, with the zone. */
final class Moment {
    static final ZoneId UTC = ZoneId.of("UTC");
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss VV", Locale.ROOT);

    private Moment() {}

    /** {@code received 2026-09-10 18:04:00 Asia/Kolkata}. */
    static String received(@Nullable Instant instant, ZoneId zone) {
        return instant == null ? "received at an unknown time" : "received " + FORM.format(instant.atZone(zone));
    }
}
