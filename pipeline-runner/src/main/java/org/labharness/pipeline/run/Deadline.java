package org.labharness.pipeline.run;

import java.time.Duration;
import java.util.List;
import org.labharness.pipeline.evidence.LimitHit;

/**
 * The moment at which the whole run's time is up.
 *
 * @param limit the time that was given
 * @param started value of {@link System#nanoTime} at the start
 */
record Deadline(Duration limit, long started) {
    static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime());
    }

    /** Never negative. */
    Duration remaining() {
        Duration left = limit.minusNanos(System.nanoTime() - started);
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean over() {
        return remaining().isZero();
    }

    /** The limit as people read it: {@code 600 s}. */
    String words() {
        return limit.toSeconds() + " s";
    }

    List<LimitHit> hit() {
        long seen = Math.max(
                limit.toSeconds(), Duration.ofNanos(System.nanoTime() - started).toSeconds());
        return List.of(new LimitHit(LimitHit.Name.TIME, words(), seen + " s"));
    }
}
