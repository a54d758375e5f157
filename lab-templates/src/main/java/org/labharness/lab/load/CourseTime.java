package org.labharness.lab.load;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads days and hours in a course's time zone. */
record CourseTime(ZoneId zone) {
    private static final Pattern DAY = Pattern.compile("2[0-9]{3}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile(DAY + "[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?");

    /** A day means its first moment. */
    Instant start(Value value) {
        return value.parsed(text -> parsed(text, 0), Instant.EPOCH);
    }

    /** A day means the midnight that ends it. */
    Instant end(Value value) {
        return value.parsed(text -> parsed(text, 1), Instant.EPOCH);
    }

    private Instant parsed(String text, int days) {
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text).plusDays(days).atStartOfDay(zone).toInstant();
            }
            if (!TIME.matcher(text).matches()) {
                throw none(text, null);
            }
            // Where clocks are set back an hour comes twice; the later one is meant, which is to nobody's harm.
            return LocalDateTime.parse(text.replace(' ', 'T'), DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .atZone(zone)
                    .withLaterOffsetAtOverlap()
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw none(text, e);
        }
    }

    private static IllegalArgumentException none(String text, @Nullable DateTimeParseException cause) {
        return new IllegalArgumentException(
                "'" + text
                        + "' is no time: expected a day such as 2026-09-11, or a time such as 2026-09-11 23:59, in the"
                        + " course's time zone",
                cause);
    }
}
