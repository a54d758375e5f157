package org.labharness.pipeline.collect.mlflow;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was in the stores of a tree before anything ran. A run is new only where its id was nowhere in the tree, whatever became of the
 * store meanwhile; where a part of the tree could not be seen, nothing from there is. A date can take away, never give: what a store
 * itself dates before the run, or later than its end, was not made by it, though it came out of an archive or a cache only then.
 */
public final class Snapshot {
    /** A clock that is set during a run must not make its runs old. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Set<String> runs;
    private final Map<String, Set<String>> versions;
    private final Map<String, String> unread;
    private final @Nullable String gap;
    private final long since;

    /**
     * @param versions by store
     * @param unread stores that could not be read, and why
     * @param gap why not the whole tree was seen, or null
     */
    Snapshot(
            Set<String> runs,
            Map<String, Set<String>> versions,
            Map<String, String> unread,
            @Nullable String gap,
            Instant taken) {
        this.runs = Set.copyOf(runs);
        this.versions = Map.copyOf(versions);
        this.unread = Map.copyOf(unread);
        this.gap = gap;
        this.since = Math.max(0, taken.minus(MARGIN).toEpochMilli());
    }

    /** Of a tree without stores, at the beginning of time. */
    public static Snapshot empty() {
        return new Snapshot(Set.of(), Map.of(), Map.of(), null, Instant.EPOCH);
    }

    /** @param read when the store is read, after the run */
    Before of(String store, Instant read) {
        String doubt = gap != null ? gap : unread.get(store);
        return new Before(
                runs,
                versions.getOrDefault(store, Set.of()),
                since,
                read.plus(MARGIN).toEpochMilli(),
                doubt);
    }
}
