package org.labharness.autograder.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.job.GradingJob.Sandboxed;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.QueueStore;
import org.labharness.autograder.store.RosterBatchStore;
import org.labharness.autograder.store.RosterBatchStore.RosterBatch;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.StageRun;

/** A class whose runs are a stand-in's. */
class RosterJobTests extends SmallClassContract {
    private final ClassHeard heard = new ClassHeard();

    @Override
    DatabaseAddress fresh(Path folder) {
        return DatabaseAddress.file(folder);
    }

    @BeforeEach
    void enrol() {
        small.enrol("s01", "s02", "s03", "s04", "s05");
    }

    @Test
    void theEndOfEachGradingIsHeardOnceWhoeverGradedIt() {
        Worker other = small.worker(1, (request, progress) -> small.graded(request));
        other.start();

        small.batch(small.worker(2, (request, progress) -> small.graded(request)), Duration.ofMinutes(1), heard);

        assertThat(heard.overs).hasSize(5).doesNotHaveDuplicates().allMatch(words -> words.contains(" graded: "));
        assertThat(heard.stops).isEmpty();
    }

    @Test
    void twoMachinesThatGradeTheSameBatchBothComeToItsEnd() throws Exception {
        RosterBatch batch = small.begin();
        ClassHeard second = new ClassHeard();
        Sandboxed untilBoth = (request, progress) -> {
            try {
                assertThat(second.planned.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
            return small.graded(request);
        };
        Worker one = small.worker(2, untilBoth);
        Worker other = small.elsewhere(2, untilBoth);

        try (ExecutorService machines = Executors.newFixedThreadPool(2)) {
            Future<?> first = machines.submit(() -> small.goOn(batch, one, Duration.ofMinutes(1), heard));
            assertThat(heard.planned.await(60, TimeUnit.SECONDS)).isTrue();
            Future<?> beside = machines.submit(() -> small.goOn(batch, other, Duration.ofMinutes(1), second));
            first.get(60, TimeUnit.SECONDS);
            beside.get(60, TimeUnit.SECONDS);
        }

        assertThat(heard.overs).hasSize(5);
        assertThat(second.overs).hasSize(5);
        assertThat(small.attempts())
                .hasSize(5)
                .allSatisfy(attempt -> assertThat(attempt.history()).hasSize(1));
        assertThat(new RosterBatchStore(small.database, small.course().id()).unfinished())
                .isEmpty();
    }

    @Test
    void whatIsHeldIsRunAgainByTheNextBatchAndNothingElse() {
        Outcome.Graded held = SampleOutcomes.graded(
                "s03",
                new SampleEvidence()
                        .failing(SampleEvidence.problem("train", StageRun.Kind.OURS, "no answer from s3://here"))
                        .build(),
                small.lab);
        small.batch(
                small.worker(2, (request, progress) -> request.student().equals("s03") ? held : small.graded(request)),
                Duration.ofMinutes(1),
                heard);
        assertThat(heard.overs)
                .filteredOn(words -> words.startsWith("s03 held: "))
                .hasSize(1);
        assertThat(heard.overs).hasSize(5);
        heard.overs.clear();

        small.batch(small.worker(2, (request, progress) -> small.graded(request)), Duration.ofMinutes(1), heard);
        assertThat(heard.overs).singleElement().asString().startsWith("s03 graded: ");
        heard.overs.clear();

        small.batch(small.worker(2, (request, progress) -> small.graded(request)), Duration.ofMinutes(1), heard);
        assertThat(heard.overs).isEmpty();
    }

    @Test
    void whereNothingCanBeGradedForTooLongItIsGivenUpAndAllGoesOnWaiting() {
        Worker worker = small.worker(2, (request, progress) -> {
            Outcome.Graded graded = small.graded(request);
            return new Outcome.Broken(
                    graded.submission(), Breakdown.ENGINE_UNREACHABLE, "no engine", graded.harness(), Map.of());
        });

        assertThatThrownBy(() -> small.batch(worker, Duration.ZERO, heard))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("no engine What waits goes on waiting: mend it, then go on with --resume.");

        assertThat(heard.stops).contains("engine-unreachable");
        assertThat(heard.overs).isEmpty();
        assertThat(new QueueStore(small.database).unfinished()).hasSize(5);
    }
}
