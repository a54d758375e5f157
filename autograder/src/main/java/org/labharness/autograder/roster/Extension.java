package org.labharness.autograder.roster;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** More time for one student: a span beyond the deadline, or a deadline of one's own. */
public sealed interface Extension {
    /** The student's own deadline. */
    Instant from(Instant due);

    /** {@code 2d}, {@code 12h}, or an instant in UTC such as {@code 2026-09-13T18:30:00Z}. */
    static Extension parse(String text) {
        Matcher span = Span.FORM.matcher(text);
        if (span.matches()) {
            long amount = Long.parseLong(span.group(1));
            return new Span(span.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount));
        }
        try {
            return new Until(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no extension: expected a span such as 2d or 12h, or a time", e);
        }
    }

    /** @param more beyond the deadline */
    record Span(Duration more) implements Extension {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})([hd])");

        @Override
        public Instant from(Instant due) {
            return due.plus(more);
        }

        @Override
        public String toString() {
            return more.toHours() % 24 == 0 ? more.toDays() + "d" : more.toHours() + "h";
        }
    }

    /** @param due the student's own deadline */
    record Until(Instant due) implements Extension {
        @Override
        public Instant from(Instant others) {
            return due;
        }

        @Override
        public String toString() {
            return due.toString();
        }
    }
}
