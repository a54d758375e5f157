package org.labharness.autograder.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.CutLine;
import org.labharness.autograder.store.PostgresServer;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** A class whose PostgreSQL server cannot be reached for a while. */
class DatabaseAwayIT {
    @Test
    void aDatabaseThatIsAwayForAWhileStopsTheClassAndNobodyFails(@TempDir Path folder) throws IOException {
        try (CutLine line = CutLine.to(PostgresServer.shared())) {
            SmallClass small = new SmallClass(folder, line.fresh());
            ClassHeard heard = new ClassHeard();
            AtomicInteger runs = new AtomicInteger();
            small.enrol("s01", "s02", "s03");
            Worker worker = small.worker(1, (request, progress) -> {
                if (runs.incrementAndGet() == 2) {
                    line.cut();
                }
                return small.graded(request);
            });
            CompletableFuture<Void> batch =
                    CompletableFuture.runAsync(() -> small.batch(worker, Duration.ofMinutes(5), heard));

            Eventually.holds(Duration.ofSeconds(60), "it is paused", () -> heard.stops.contains("database"));
            line.mend();

            batch.orTimeout(120, TimeUnit.SECONDS).join();
            assertThat(heard.overs).hasSize(3).allMatch(words -> words.contains(" graded: "));
            assertThat(small.attempts())
                    .hasSize(3)
                    .allSatisfy(attempt -> assertThat(attempt.history()).hasSize(1));
            small.close();
        }
    }

    @Test
    void aClassThatIsGivenUpBecauseTheDatabaseIsAwaySaysSoAndHowToGoOn(@TempDir Path folder) throws IOException {
        try (CutLine line = CutLine.to(PostgresServer.shared())) {
            SmallClass small = new SmallClass(folder, line.fresh());
            small.enrol("s01", "s02");
            Worker worker = small.worker(1, (request, progress) -> {
                line.cut();
                return small.graded(request);
            });

            assertThatThrownBy(() -> small.batch(worker, Duration.ZERO, new ClassHeard()))
                    .isInstanceOfSatisfying(
                            SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.DATABASE))
                    .hasMessageContaining("What waits goes on waiting: mend it, then go on with --resume.");
            line.mend();
            small.close();
        }
    }
}
