package org.labharness.pipeline.collect.mlflow;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known, of the time before the run, about one store.
 *
 * @param runs ids that were anywhere in the tree
 * @param versions registered versions that the store had, as {@code name/version}
 * @param since when the run began, in milliseconds; what a store itself dates earlier was not made by the run
 * @param until when the store is read, in milliseconds; what it dates later was not made by the run either
 * @param doubt why nothing in the store can be told to be new, as the end of a sentence; null where it can
 */
record Before(
        Set<String> runs,
        Set<String> versions,
        long since,
        long until,
        @Nullable String doubt) {
    /** Of a store that was made, empty, for the run. */
    static final Before NOTHING = new Before(Set.of(), Set.of(), 0, Long.MAX_VALUE, null);

    /** Whether something of this date can have been made by the run. */
    boolean isWithin(long date) {
        return date >= since && date <= until;
    }

    boolean isKnownVersion(String key, long created) {
        return doubt != null || versions.contains(key) || !isWithin(created);
    }
}
