package org.labharness.autograder.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Step;

/**
 * Watches whether a grading goes on. Every step has a deadline. Where the student's own work runs, and where packages and data are
 * brought, nothing may be heard for as long as one run or one delivery takes; in all other steps, and between them, something is heard at
 * least once a minute, or it is stuck.
 */
final class Vigil {
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** What comes before and after a run of the student's own, such as starting and removing containers. */
    private static final Duration AROUND = Duration.ofMinutes(5);

    private static final String OURS = ". That is the harness's matter and costs nothing.";
    private static final Duration BRINGING = Duration.ofMinutes(30);
    /** What a run has left is read: by us, whatever the limit of the run. */
    private static final Duration READING = Duration.ofMinutes(10);

    private static final int MOST_RUNS = 20;

    private final InstantSource clock;
    private final Duration longest;
    private final Duration run;
    private Instant last;
    private Instant stepBegan;
    private @Nullable Step step;
    private @Nullable Step before;
    private boolean ran;

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

    /** Whether the student's own work was run. */
    synchronized boolean ran() {
        return ran;
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
        Patience patience = current == null ? new Patience(longest, longest) : patience(current);
        if (current != null && now.isAfter(stepBegan.plus(patience.whole()))) {
            return Optional.of("The step " + current.title() + " took longer than " + words(patience.whole())
                    + " and was ended" + OURS);
        }
        if (!now.isAfter(last.plus(patience.silence()))) {
            return Optional.empty();
        }
        String where = current != null
                ? "in the step " + current.title()
                : before != null ? "after the step " + before.title() : "before its first step";
        return Optional.of(
                "It showed no progress for " + words(patience.silence()) + " " + where + " and was ended" + OURS);
    }

    private static String words(Duration time) {
        return time.compareTo(Duration.ofMinutes(2)) < 0 ? time.toSeconds() + " s" : time.toMinutes() + " minutes";
    }

    /**
     * How long a step may take.
     *
     * @param silence without anything that is told of it
     * @param whole altogether
     */
    private record Patience(Duration silence, Duration whole) {}

    private Patience patience(Step of) {
        Duration around = run.multipliedBy(2).plus(AROUND);
        return switch (of) {
            case CHECKOUT, PREFLIGHT -> new Patience(longest, AROUND);
            // Connections that are silent are given up within; a package that is built says nothing for minutes.
            case ENVIRONMENT, FETCH -> new Patience(BRINGING, BRINGING);
            case RUN -> new Patience(run.plus(AROUND), around);
            case COLLECT -> new Patience(READING, READING);
            case PREDICT, SERVE, CUSTOM, INTERVENE ->
                new Patience(
                        around.compareTo(BRINGING) < 0 ? BRINGING : around,
                        run.multipliedBy(MOST_RUNS).plus(BRINGING));
        };
    }
}
