package org.labharness.autograder.roster;

import java.util.regex.Pattern;

/** What a course calls a student: a roll number, a login, a mail address; at most 80 characters, the first a letter or digit. */
public record StudentId(String value) implements Comparable<StudentId> {
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@+-]{0,79}");

    public StudentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no id of a student: expected letters, digits and any"
                    + " of . _ @ + -, at most 80 characters, such as 'CS21B001'");
        }
    }

    public static StudentId parse(String text) {
        return new StudentId(text);
    }

    @Override
    public int compareTo(StudentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
