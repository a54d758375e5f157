package org.labharness.pipeline.sandbox.docker;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something to become true. */
public final class Eventually {
    private Eventually() {}

    public static void holds(BooleanSupplier condition) {
        holds(Duration.ofSeconds(30), "the condition", condition);
    }

    public static Duration holds(Duration within, String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > within.toNanos()) {
                throw new AssertionError(what + " did not hold within " + within);
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
