package org.labharness.pipeline.collect.mlflow;

import java.util.Set;

/**
 * What was in a store.
 *
 * @param runs run ids
 * @param versions registered versions as {@code name/version}
 * @param origins the same with the run that each came from, as {@code name/version/run}
 */
record Ids(Set<String> runs, Set<String> versions, Set<String> origins) {
    static final Ids NONE = new Ids(Set.of(), Set.of(), Set.of());

    Ids {
        runs = Set.copyOf(runs);
        versions = Set.copyOf(versions);
        origins = Set.copyOf(origins);
    }
}
