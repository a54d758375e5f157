package org.labharness.pipeline.collect.mlflow;

import java.time.Duration;

/**
 * How much of a store is kept. A store that holds more is kept in part, and the report says so.
 *
 * @param runs in a store, new ones
 * @param values params, metrics and tags of one run, each
 * @param text characters of one value
 * @param steps of one metric, thinned evenly
 * @param allSteps of all metrics of a store
 * @param artifacts paths of one run
 * @param models registered models
 * @param versions of all registered models
 * @param bytes that are read of a store in a tree, and that a server may send
 * @param time for reading one store
 */
record Caps(
        int runs,
        int values,
        int text,
        int steps,
        int allSteps,
        int artifacts,
        int models,
        int versions,
        long bytes,
        Duration time) {
    static final Caps DEFAULT =
            new Caps(500, 300, 2_000, 320, 50_000, 300, 200, 1_000, 64L << 20, Duration.ofSeconds(30));

    String cut(String value) {
        return value.length() <= text ? value : value.substring(0, text) + "…";
    }
}
