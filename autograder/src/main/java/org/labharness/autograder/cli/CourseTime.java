package org.labharness.autograder.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.labharness.lab.course.Course;

/** A time that is typed: of the course's zone, or in UTC with a Z at its end. */
final class CourseTime {
    private CourseTime() {}

    /**
     * @param option for the message
     * @throws WrongUse where it is no time
     */
    static Instant parse(String option, String text, Course course) {
        String plain = text.strip().replace(' ', 'T');
        try {
            if (plain.endsWith("Z")) {
                return Instant.parse(plain);
            }
            return (plain.contains("T")
                            ? LocalDateTime.parse(plain)
                            : LocalDate.parse(plain).atStartOfDay())
                    .atZone(course.zone())
                    .toInstant();
        } catch (DateTimeException wrong) {
            throw new WrongUse(option + " takes a time such as \"2026-10-01 12:00\", not '" + text + "'.");
        }
    }
}
