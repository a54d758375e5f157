package org.labharness.autograder.coursepage;

import java.util.Locale;
import java.util.OptionalDouble;

/** Statistics as people read them. */
final class Figures {
    static final String NONE = "–";

    private Figures() {}

    /** @param share 1 is all */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : NONE;
    }

    static String mean(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : NONE;
    }

    static String correlation(OptionalDouble value) {
        // + 0.0 turns -0.0 into 0.0, which is what it is.
        return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble() + 0.0) : NONE;
    }
}
