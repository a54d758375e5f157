package org.labharness.pipeline.sandbox;

import java.time.Duration;
import java.util.List;
import org.labharness.pipeline.evidence.LimitHit;

/**
 * What a scripted command does.
 *
 * @param exit its exit code, where it ends by itself
 * @param output what it prints
 * @param ends whether it ends by itself; else it runs until it is killed or its time is up
 * @param limits limits hit, beyond those on time and output
 */
public record ScriptedAnswer(int exit, String output, boolean ends, List<LimitHit> limits, long peakMemoryBytes) {
    /** How long a command took that ends by itself. */
    static final Duration WALL = Duration.ofMillis(10);

    public ScriptedAnswer {
        limits = List.copyOf(limits);
    }

    public static ScriptedAnswer exit(int code) {
        return new ScriptedAnswer(code, "", true, List.of(), 1 << 20);
    }

    public static ScriptedAnswer endless() {
        return new ScriptedAnswer(0, "", false, List.of(), 1 << 20);
    }

    public ScriptedAnswer printing(String text) {
        return new ScriptedAnswer(exit, text, ends, limits, peakMemoryBytes);
    }

    public ScriptedAnswer hitting(LimitHit limit) {
        return new ScriptedAnswer(exit, output, ends, List.of(limit), peakMemoryBytes);
    }
}
