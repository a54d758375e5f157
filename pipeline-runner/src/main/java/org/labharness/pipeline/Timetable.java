package org.labharness.pipeline;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Times the steps of one submission and tells its progress. */
final class Timetable {
    private final Progress progress;
    private final InstantSource clock;
    private final Map<String, Double> seconds = new TreeMap<>();

    Timetable(Progress progress, InstantSource clock) {
        this.progress = progress;
        this.clock = clock;
    }

    Progress progress() {
        return progress;
    }

    /** Does the work of a step between its two events. */
    <T> T step(Step step, Supplier<T> work) {
        progress.on(new Progress.Event.StepStarted(step));
        long start = clock.millis();
        try {
            return work.get();
        } finally {
            double took = (clock.millis() - start) / 1000.0;
            seconds.merge(step.title().toLowerCase(Locale.ROOT), took, Double::sum);
            progress.on(new Progress.Event.StepEnded(step, took));
        }
    }

    /** Seconds by step so far. */
    Map<String, Double> seconds() {
        return Map.copyOf(seconds);
    }
}
