package org.labharness.pipeline.collect.mlflow;

import java.util.Set;

/**
 * What was in a store.
 *
 * @param runs run ids
 * @param versions registered versions as {@code name/version}
 */
record Ids(Set<String> runs, Set<String> versions) {
    static final Ids NONE = new Ids(Set.of(), Set.of());

    Ids {
        runs = Set.copyOf(runs);
        versions = Set.copyOf(versions);
    }
}
