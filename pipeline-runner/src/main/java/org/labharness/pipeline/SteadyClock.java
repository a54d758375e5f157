package org.labharness.pipeline;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells how much time has passed, also where the machine's clock is set meanwhile. Begins with the present time; later ones are good for
 * durations, not for telling when something was.
 */
public final class SteadyClock implements InstantSource {
    private final Instant began = Instant.now();
    private final long start = System.nanoTime();

    @Override
    public Instant instant() {
        return began.plusNanos(System.nanoTime() - start);
    }
}
