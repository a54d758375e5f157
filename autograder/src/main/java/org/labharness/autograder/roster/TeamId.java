package org.labharness.autograder.roster;

import java.util.regex.Pattern;

/** What a course calls a team; at most 80 characters, the first a letter or digit. */
public record TeamId(String value) implements Comparable<TeamId> {
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._+-]{0,79}");

    public TeamId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no name of a team: expected letters, digits, blanks"
                    + " and any of . _ + -, at most 80 characters, such as 'team-07'");
        }
    }

    public static TeamId parse(String text) {
        return new TeamId(text);
    }

    @Override
    public int compareTo(TeamId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
