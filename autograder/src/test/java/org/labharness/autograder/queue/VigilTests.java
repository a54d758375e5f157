package org.labharness.autograder.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.queue.Work.Result;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Step;
import org.labharness.pipeline.sandbox.Sign;

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
    void theRunMayBeSilentUntilItsDeadline() {
        begin(Step.RUN);
        pass(Duration.ofMinutes(25));
        assertThat(vigil.stuck()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(vigil.stuck().orElseThrow()).startsWith("The step run took longer than 25 minutes and was ended.");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RUN")
    void everyOtherStepThatShowsNothingForAMinuteIsStuckAndItsNameIsSaid(Step step) {
        begin(step);
        pass(Duration.ofSeconds(61));
        assertThat(vigil.stuck().orElseThrow())
                .startsWith("It showed no progress for 60 s in the step " + step.title() + " and was ended.");
    }

    @Test
    void aContainerOfOursThatWorksIsProgress() {
        begin(Step.FETCH);
        for (int look = 0; look < 20; look++) {
            pass(Duration.ofSeconds(59));
            assertThat(vigil.stuck()).isEmpty();
            vigil.heard(Sign.WORKS);
        }
        pass(Duration.ofSeconds(61));
        assertThat(vigil.stuck()).isPresent();
    }

    @Test
    void whileAnyCodeOfTheStudentsRunsNothingNeedBeHeard() {
        begin(Step.SERVE);
        vigil.heard(Sign.THEIRS_BEGINS);
        vigil.heard(Sign.THEIRS_BEGINS);
        pass(Duration.ofMinutes(9));
        assertThat(vigil.stuck()).isEmpty();
        vigil.heard(Sign.THEIRS_ENDS);
        pass(Duration.ofMinutes(9));
        assertThat(vigil.stuck()).isEmpty();
        vigil.heard(Sign.THEIRS_ENDS);
        pass(Duration.ofSeconds(60));
        assertThat(vigil.stuck()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(vigil.stuck().orElseThrow()).contains("no progress for 60 s in the step serve");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            CHECKOUT,    5
            PREFLIGHT,   5
            ENVIRONMENT, 30
            FETCH,       30
            COLLECT,     20
            PREDICT,     230
            SERVE,       230
            CUSTOM,      230
            INTERVENE,   230
            """)
    void everyStepHasADeadlineWhateverItShows(Step step, int minutes) {
        begin(step);
        pass(Duration.ofMinutes(minutes));
        stage();
        vigil.heard(Sign.THEIRS_BEGINS);
        assertThat(vigil.stuck()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(vigil.stuck().orElseThrow())
                .startsWith("The step " + step.title() + " took longer than " + minutes + " minutes and was ended.");
    }

    @Test
    void aThreadThatComputesGoesOn() throws Exception {
        Vigil impatient = new Vigil(Instant::now, Duration.ofMillis(1500), Duration.ofMinutes(10));
        impatient.saw(new Progress.Event.StepStarted(Step.COLLECT));
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();

        Result result = Performance.of(
                performance -> {
                    long sum = 0;
                    while (System.nanoTime() < end) {
                        sum += Long.hashCode(sum);
                    }
                    return new Result.Over("", "came to " + sum);
                },
                "busy",
                impatient,
                Duration.ofMillis(100));

        assertThat(result).isInstanceOf(Result.Over.class);
    }

    @Test
    void whatIsStuckIsInterruptedAndWhatDoesNotComeBackIsLeft() throws Exception {
        Vigil atOnce = new Vigil(Instant::now, Duration.ZERO, Duration.ofMinutes(10));
        CountDownLatch never = new CountDownLatch(1);

        Result result = Performance.of(
                performance -> {
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

    @Test
    void whatIsStuckIsInterruptedOnlyWhereItMayBe() throws Exception {
        Vigil impatient = new Vigil(Instant::now, Duration.ofMillis(100), Duration.ofMinutes(10));
        List<String> told = Collections.synchronizedList(new ArrayList<>());

        Result result = Performance.of(
                performance -> {
                    performance.interruptibly(() -> {
                        performance.sheltered(() -> told.add("sheltered " + interruptedWithin(3000)));
                        told.add("open " + interruptedWithin(3000));
                        Thread.currentThread().interrupt(); // as whoever waited leaves it
                        return told;
                    });
                    told.add("after " + Thread.currentThread().isInterrupted());
                    return new Result.Over("", "late");
                },
                "waits",
                impatient,
                Duration.ofSeconds(10));

        assertThat(told).containsExactly("sheltered false", "open true", "after false");
        assertThat(result).as("what was done all the same counts").isInstanceOf(Result.Over.class);
    }

    private static boolean interruptedWithin(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
            return false;
        } catch (InterruptedException told) {
            return true;
        }
    }
}
