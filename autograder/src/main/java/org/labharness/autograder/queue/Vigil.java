package org.labharness.autograder.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Step;

/**
 * Watches whether a grading goes on. Where the student's own work runs, and where packages and data are brought, nothing may happen for
 * long, and the step as a whole has a deadline; in all other steps, and between them, something happens at least once a minute, or it is
 * stuck.
 */
final class Vigil {
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** What comes before and after a run of the student's own, such as starting and removing containers. */
    private static final Duration AROUND = Duration.ofMinutes(5);

    private static final String OURS = ". That is the harness's matter and costs nothing.";
    private static final Duration BRINGING = Duration.ofMinutes(30);
    private static final int MOST_RUNS = 20;

    private final InstantSource clock;
    private final Duration longest;
    private final Duration run;
    private Instant last;
    private Instant stepBegan;
    private @Nullable Step step;
    private @Nullable Step before;

    /**
     * @param longest how long nothing may happen outside the student's own work
     * @param run how long the student's own work may run
     */
    Vigil(InstantSource clock, Duration longest, Duration run) {
        this.clock = clock;
        this.longest = longest;
        this.run = run;
        this.last = clock.instant();
        this.stepBegan = last;
    }

    /** It waits for a good reason. */
    synchronized void alive() {
        last = clock.instant();
    }

    synchronized void saw(Progress.Event event) {
        last = clock.instant();
        switch (event) {
            case Progress.Event.StepStarted started -> {
                step = started.step();
                stepBegan = last;
            }
            case Progress.Event.StepEnded ended -> {
                before = ended.step();
                step = null;
            }
            case Progress.Event.StageStarted any -> {}
            case Progress.Event.StageEnded any -> {}
            case Progress.Event.Provisional any -> {}
            case Progress.Event.Changing any -> {}
            case Progress.Event.Note any -> {}
        }
    }

    /** Where it is stuck, in words; empty where it goes on, or may take its time. */
    synchronized Optional<String> stuck() {
        Instant now = clock.instant();
        Step current = step;
        Optional<Duration> deadline = current == null ? Optional.empty() : deadline(current);
        if (current != null && deadline.isPresent()) {
            return now.isAfter(stepBegan.plus(deadline.get()))
                    ? Optional.of("The step " + current.title() + " took longer than "
                            + deadline.get().toMinutes() + " minutes and was ended" + OURS)
                    : Optional.empty();
        }
        if (!now.isAfter(last.plus(longest))) {
            return Optional.empty();
        }
        String where = current != null
                ? "in the step " + current.title()
                : before != null ? "after the step " + before.title() : "before its first step";
        return Optional.of(
                "It showed no progress for " + longest.toSeconds() + " s " + where + " and was ended" + OURS);
    }

    /** How long a step may take in which nothing may happen for long; empty for all others. */
    private Optional<Duration> deadline(Step of) {
        return switch (of) {
            case CHECKOUT, PREFLIGHT -> Optional.empty();
            case ENVIRONMENT, FETCH -> Optional.of(BRINGING);
            case RUN, COLLECT -> Optional.of(run.multipliedBy(2).plus(AROUND));
            case PREDICT, SERVE, CUSTOM, INTERVENE ->
                Optional.of(run.multipliedBy(MOST_RUNS).plus(BRINGING));
        };
    }
}
