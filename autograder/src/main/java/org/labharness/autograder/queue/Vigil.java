package org.labharness.autograder.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Step;
import org.labharness.pipeline.sandbox.Sign;

/**
 * Watches whether a grading goes on. Every step has a deadline. Outside the student's own run something is heard at least once a minute, or
 * it is stuck: an event, a container of the harness's own that computes or writes, the grading's thread that computes. While code of the
 * student's runs nothing need be heard, for its own limits end it.
 */
final class Vigil {
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** What comes before and after a run of the student's own, such as starting and removing containers. */
    private static final Duration AROUND = Duration.ofMinutes(5);

    private static final String OURS = ". That is the harness's matter and costs nothing.";
    private static final Duration BRINGING = Duration.ofMinutes(30);
    /** What a run has left is read. */
    private static final Duration READING = Duration.ofMinutes(10);

    private static final int MOST_RUNS = 20;

    private final InstantSource clock;
    private final Duration longest;
    private final Duration run;
    private Instant last;
    private Instant stepBegan;
    private @Nullable Step step;
    private @Nullable Step before;
    private int theirs;
    private boolean ran;

    /**
     * @param longest how long nothing may happen outside the student's own run
     * @param run how long the student's own work may run
     */
    Vigil(InstantSource clock, Duration longest, Duration run) {
        this.clock = clock;
        this.longest = longest;
        this.run = run;
        this.last = clock.instant();
        this.stepBegan = last;
    }

    /** Whether the student's own work was run. */
    synchronized boolean ran() {
        return ran;
    }

    /** It goes on, or waits for a good reason. */
    synchronized void alive() {
        last = clock.instant();
    }

    synchronized void heard(Sign sign) {
        last = clock.instant();
        switch (sign) {
            case WORKS -> {}
            case THEIRS_BEGINS -> theirs++;
            case THEIRS_ENDS -> theirs--;
        }
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
                ran |= before == Step.RUN;
                step = null;
            }
            case Progress.Event.StageStarted any -> {}
            case Progress.Event.StageEnded any -> {}
            case Progress.Event.Provisional any -> {}
            case Progress.Event.Changing any -> {}
            case Progress.Event.EnvironmentFound any -> {}
            case Progress.Event.Note any -> {}
        }
    }

    /** Where it is stuck, in words; empty where it goes on, or may take its time. */
    synchronized Optional<String> stuck() {
        Instant now = clock.instant();
        Step current = step;
        if (current != null && now.isAfter(stepBegan.plus(deadline(current)))) {
            return Optional.of("The step " + current.title() + " took longer than " + words(deadline(current))
                    + " and was ended" + OURS);
        }
        if (theirs > 0 || current == Step.RUN || !now.isAfter(last.plus(longest))) {
            return Optional.empty();
        }
        String where = current != null
                ? "in the step " + current.title()
                : before != null ? "after the step " + before.title() : "before its first step";
        return Optional.of("It showed no progress for " + words(longest) + " " + where + " and was ended" + OURS);
    }

    private static String words(Duration time) {
        return time.compareTo(Duration.ofMinutes(2)) < 0 ? time.toSeconds() + " s" : time.toMinutes() + " minutes";
    }

    /** How long a step may take altogether. */
    private Duration deadline(Step of) {
        return switch (of) {
            case CHECKOUT, PREFLIGHT -> AROUND;
            case ENVIRONMENT, FETCH -> BRINGING;
            case RUN -> run.multipliedBy(2).plus(AROUND);
            case COLLECT -> run.plus(READING); // DVC is asked a second time there
            case PREDICT, SERVE, CUSTOM, INTERVENE ->
                run.multipliedBy(MOST_RUNS).plus(BRINGING);
        };
    }
}
