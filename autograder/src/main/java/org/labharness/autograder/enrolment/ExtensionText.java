package org.labharness.autograder.enrolment;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.labharness.autograder.roster.Extension;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** More time for a student, as people write it: {@code 2d}, {@code 12h}, or a time or day in the course's time zone. */
public final class ExtensionText {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final Pattern SPAN = Pattern.compile("[1-9][0-9]{0,3}[hd]");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern UTC = Pattern.compile("[0-9]{4}-.*[0-9]Z");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-.*");

    private ExtensionText() {}

    /**
     * Reads an extension of a lab's deadline.
     *
     * @throws IllegalArgumentException whose message is the end of a sentence: it is none, or gives less time than everybody has
     */
    public static Extension parse(String text, CourseLab lab, Course course) {
        Instant due = lab.schedule().due();
        if (due == null) {
            throw new IllegalArgumentException(lab.id()
                    + " has no deadline, so there is nothing to extend. Leave it out, or set 'due' in course.yaml.");
        }
        Extension extension = parse(text, course.zone())
                .orElseThrow(() -> new IllegalArgumentException(Remarks.quoted(text)
                        + " is no extension: expected a span such as 2d or 12h, or a time such as 2026-09-13 23:59."));
        if (extension.from(due).isBefore(due)) {
            throw new IllegalArgumentException(Remarks.quoted(text) + " is before the deadline of " + lab.id() + " ("
                    + time(due, course.zone()) + "), so it would take time away. Expected a later time.");
        }
        return extension;
    }

    private static Optional<Extension> parse(String text, ZoneId zone) {
        if (SPAN.matcher(text).matches() || UTC.matcher(text).matches()) {
            try {
                return Optional.of(Extension.parse(text));
            } catch (IllegalArgumentException none) {
                return Optional.empty();
            }
        }
        if (!TIME.matcher(text).matches()) {
            return Optional.empty(); // such as +999999999-01-01T00:00, after which no time can be reckoned with
        }
        try {
            // A day means the midnight that ends it, and an hour that comes twice the later one, as in course.yaml.
            Instant until = DAY.matcher(text).matches()
                    ? LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant()
                    : LocalDateTime.parse(text.replace(' ', 'T'), DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                            .atZone(zone)
                            .withLaterOffsetAtOverlap()
                            .toInstant();
            return Optional.of(new Extension.Until(until));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** An extension with what it comes to. */
    public static String words(Extension extension, CourseLab lab, Course course) {
        Instant due = lab.schedule().due();
        return switch (extension) {
            case Extension.Until until -> "until " + time(until.due(), course.zone());
            case Extension.Span span ->
                due == null ? span.toString() : span + " (until " + time(span.from(due), course.zone()) + ")";
        };
    }

    /** As {@link #parse} reads it: a span, else the time in the course's zone, else, where that would lose anything, in UTC. */
    static String written(Extension extension, Course course) {
        return switch (extension) {
            case Extension.Span span -> span.toString();
            case Extension.Until until -> {
                String local = time(until.due(), course.zone());
                yield parse(local, course.zone()).equals(Optional.of(extension)) ? local : until.toString();
            }
        };
    }

    static String time(Instant instant, ZoneId zone) {
        return SHOWN.format(instant.atZone(zone));
    }
}
