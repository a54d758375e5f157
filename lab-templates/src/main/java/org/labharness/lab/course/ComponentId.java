package org.labharness.lab.course;

import java.util.regex.Pattern;

/** The id of a component, unique in its course: lower-case letters, digits and hyphens, at most 40 characters. */
public record ComponentId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public ComponentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no id of a component: expected lower-case letters,"
                    + " digits and hyphens, such as 'assignments'");
        }
    }

    public static ComponentId parse(String text) {
        return new ComponentId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
