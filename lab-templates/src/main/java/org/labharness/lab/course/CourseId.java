package org.labharness.lab.course;

import java.util.regex.Pattern;

/** The id of a course, unique in a database: lower-case letters, digits and hyphens, at most 63 characters. */
public record CourseId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public CourseId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no course id: expected lower-case letters, digits"
                    + " and hyphens, at most 63 characters, such as 'mlops-2026'");
        }
    }

    public static CourseId parse(String text) {
        return new CourseId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
