package org.labharness.autograder.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.queue.Work.Result;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Step;

class VigilTests {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-10-01T12:00:00Z"));
    private final Vigil vigil = new Vigil(now::get, Duration.ofSeconds(60), Duration.ofMinutes(10));

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private void begin(Step step) {
        vigil.saw(new Progress.Event.StepStarted(step));
    }

    @Test
    void aMinuteWithoutAnyProgressIsTooLongAndItSaysWhere() {
        pass(Duration.ofSeconds(60));
        assertThat(vigil.stuck()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(vigil.stuck().orElseThrow()).contains("no progress for 60 s before its first step");
        begin(Step.CHECKOUT);
        assertThat(vigil.stuck()).isEmpty();
        pass(Duration.ofSeconds(61));
        assertThat(vigil.stuck().orElseThrow()).contains("in the step checkout");
        vigil.saw(new Progress.Event.StepEnded(Step.CHECKOUT, 61));
        pass(Duration.ofSeconds(61));
        assertThat(vigil.stuck())
                .contains("It showed no progress for 60 s after the step checkout and was ended. That is the harness's"
                        + " matter and costs nothing.");
    }

    private void stage() {
        vigil.saw(new Progress.Event.StageStarted("", "train"));
    }

    @Test
    void theStudentsOwnWorkMayBeSilentUntilItsLimitAndALittleMore() {
        begin(Step.RUN);
        pass(Duration.ofMinutes(15));
        assertThat(vigil.stuck()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(vigil.stuck().orElseThrow()).startsWith("It showed no progress for 15 minutes in the step run and");
        stage();
        assertThat(vigil.stuck()).isEmpty();
        pass(Duration.ofMinutes(10));
        assertThat(vigil.stuck().orElseThrow()).startsWith("The step run took longer than 25 minutes and was ended.");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ENVIRONMENT, 30, 30
            FETCH,       30, 30
            COLLECT,     10, 10
            PREDICT,     30, 230
            SERVE,       30, 230
            CUSTOM,      30, 230
            INTERVENE,   30, 230
            """)
    void everyStepEndsAndItsNameIsSaid(Step step, int silence, int whole) {
        begin(step);
        for (int minutes = silence; minutes < whole; minutes += silence - 1) {
            pass(Duration.ofMinutes(silence - 1));
            assertThat(vigil.stuck()).isEmpty();
            stage();
        }
        pass(Duration.ofMinutes(silence).plusSeconds(1));
        assertThat(vigil.stuck().orElseThrow()).contains("step " + step.title() + " ");
    }

    @Test
    void whatIsStuckIsInterruptedAndWhatDoesNotComeBackIsLeft() throws Exception {
        Vigil atOnce = new Vigil(Instant::now, Duration.ZERO, Duration.ofMinutes(10));
        CountDownLatch never = new CountDownLatch(1);

        Result result = Performance.of(
                () -> {
                    while (never.getCount() > 0) {
                        try {
                            never.await();
                        } catch (InterruptedException deaf) {
                            // goes on waiting
                        }
                    }
                    return new Result.Over("", "too late");
                },
                "deaf",
                atOnce,
                Duration.ofMillis(100));
        never.countDown();

        assertThat(result).isInstanceOfSatisfying(Result.Again.class, again -> {
            assertThat(again.code()).isEqualTo("timed-out");
            assertThat(again.message()).contains("showed no progress for 0 s before its first step");
        });
    }
}
