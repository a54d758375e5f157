package org.labharness.lab;

import java.util.regex.Pattern;

/** The id of a lab, unique in its course: lower-case letters, digits and hyphens, at most 63 characters. */
public record LabId(String value) implements Comparable<LabId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public LabId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no lab id: expected lower-case letters, digits and"
                    + " hyphens, at most 63 characters, such as 'dvc-pipeline'");
        }
    }

    public static LabId parse(String text) {
        return new LabId(text);
    }

    @Override
    public int compareTo(LabId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
