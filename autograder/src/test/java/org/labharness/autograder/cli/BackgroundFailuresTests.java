package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BackgroundFailuresTests {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-10-01T12:00:00Z"));
    private final List<Throwable> said = new ArrayList<>();
    private final BackgroundFailures failures = new BackgroundFailures(now::get, said::add);

    private static RuntimeException full() {
        return new IllegalStateException("no space");
    }

    @Test
    void whatFailsAgainAndAgainIsSaidOnceAMinute() {
        Thread thread = Thread.currentThread();
        for (int i = 0; i < 20; i++) {
            failures.uncaughtException(thread, full());
        }
        assertThat(said).hasSize(1);

        failures.uncaughtException(thread, new IllegalArgumentException("another"));
        assertThat(said).hasSize(2);

        now.updateAndGet(time -> time.plus(Duration.ofSeconds(61)));
        failures.uncaughtException(thread, full());
        assertThat(said).hasSize(3);
    }
}
