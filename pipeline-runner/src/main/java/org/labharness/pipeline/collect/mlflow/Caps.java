package org.labharness.pipeline.collect.mlflow;

import java.time.Duration;

/**
 * How much is kept. A store that holds more is kept in part, and the report says so.
 *
 * @param runs in a store, new ones
 * @param values params, metrics and tags of one run, each
 * @param text characters of one value
 * @param letters characters of all values of a submission
 * @param steps of one metric, thinned evenly
 * @param allSteps of all metrics of a submission
 * @param artifacts paths of one run
 * @param models registered models
 * @param versions of all registered models
 * @param bytes that are read of a folder in a tree, and that a server may send
 * @param database bytes of a database in a tree, its log beside it included
 * @param time for reading all stores of a submission
 */
record Caps(
        int runs,
        int values,
        int text,
        int letters,
        int steps,
        int allSteps,
        int artifacts,
        int models,
        int versions,
        long bytes,
        long database,
        Duration time) {
    static final Caps DEFAULT = new Caps(
            500, 500, 2_000, 8 << 20, 320, 50_000, 300, 200, 1_000, 64L << 20, 256L << 20, Duration.ofSeconds(60));

    String cut(String value) {
        return value.length() <= text ? value : value.substring(0, text) + "…";
    }
}
