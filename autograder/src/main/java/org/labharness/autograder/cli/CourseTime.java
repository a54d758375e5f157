package org.labharness.autograder.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.labharness.lab.course.Course;

/** A time that is typed: of the course's zone, or of the one that it names itself, as {@code Z} and {@code +05:30} do. */
final class CourseTime {
    private CourseTime() {}

    /**
     * A moment; of a date alone, its beginning. Of an hour that comes twice the earlier one, so that nothing is left out that came since.
     *
     * @param option for the message
     * @throws WrongUse where it is no time
     */
    static Instant parse(String option, String text, Course course) {
        return parse(option, text, course, 0);
    }

    /** A moment that ends something, as a deadline does; of a date alone, its end, and of an hour that comes twice the later one, as in course.yaml. */
    static Instant end(String option, String text, Course course) {
        return parse(option, text, course, 1);
    }

    private static Instant parse(String option, String text, Course course, int daysLater) {
        String plain = text.strip().replace(' ', 'T');
        try {
            if (plain.matches(".*(Z|[+-]\\d\\d:\\d\\d)")) {
                return OffsetDateTime.parse(plain).toInstant();
            }
            ZonedDateTime moment = (plain.contains("T")
                            ? LocalDateTime.parse(plain)
                            : LocalDate.parse(plain).plusDays(daysLater).atStartOfDay())
                    .atZone(course.zone());
            return (daysLater == 0 ? moment : moment.withLaterOffsetAtOverlap()).toInstant();
        } catch (DateTimeException wrong) {
            throw new WrongUse(option + " takes a time such as \"2026-10-01 12:00\", in the course's time zone ("
                    + course.zone() + ") where it names none, not '" + text + "'.");
        }
    }
}
