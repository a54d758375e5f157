package org.labharness.lab.course;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a lab may be handed in.
 *
 * @param most attempts that count; null: any number
 * @param coolDown how long after an accepted attempt the next one is accepted
 * @param counts which of them is graded
 */
public record AttemptPolicy(@Nullable Integer most, Duration coolDown, Counts counts) {
    public static final AttemptPolicy DEFAULT = new AttemptPolicy(null, Duration.ZERO, Counts.BEST);

    /** The attempt that counts. */
    public enum Counts {
        /** The one worth most after what lateness costs; of equals the earliest. */
        BEST,
        /** The last one that was accepted. */
        LAST,
        /** The last one in time; where none was, the first late one. */
        LAST_IN_TIME
    }
}
