package org.labharness.lab;

import java.util.regex.Pattern;

/** The id of a check, unique in its lab: lower-case letters, digits and hyphens, at most 63 characters. */
public record CheckId(String value) implements Comparable<CheckId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public CheckId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no check id: expected lower-case letters, digits and"
                    + " hyphens, at most 63 characters, such as 'clean-run'");
        }
    }

    public static CheckId parse(String text) {
        return new CheckId(text);
    }

    @Override
    public int compareTo(CheckId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
