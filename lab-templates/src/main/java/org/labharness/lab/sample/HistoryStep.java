package org.labharness.lab.sample;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One commit of a sample's repository before its work is handed in.
 *
 * @param message of the commit
 * @param files of the lab, relative to its folder, by the path in the repository where each is put
 * @param branch that the commit is made on; null for the main one
 * @param merge the branch that it merges into the main one, or null
 * @param experiment the name under which it is pushed as an experiment of DVC, on no branch; or null
 * @param tag of the commit, or null
 * @param author or null for the usual one
 */
public record HistoryStep(
        String message,
        SortedMap<String, String> files,
        @Nullable String branch,
        @Nullable String merge,
        @Nullable String experiment,
        @Nullable String tag,
        @Nullable String author) {
    public HistoryStep {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
