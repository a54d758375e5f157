package org.labharness.lab.challenge;

import java.util.regex.Pattern;

/** The id of a challenge, unique in its course: lower-case letters, digits and hyphens, at most 63 characters. */
public record ChallengeId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public ChallengeId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no id of a challenge: expected lower-case letters,"
                    + " digits and hyphens, at most 63 characters, such as 'wine-quality'");
        }
    }

    public static ChallengeId parse(String text) {
        return new ChallengeId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
