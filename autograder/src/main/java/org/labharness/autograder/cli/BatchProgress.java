package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.autograder.job.BatchWatcher;
import org.labharness.autograder.job.Estimate;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Worker;
import org.labharness.lab.course.CourseClock;
import org.labharness.pipeline.Progress;

/** How a class is graded, on standard error: what runs at the moment, and below it how far all of it has come. */
final class BatchProgress implements BatchWatcher, AutoCloseable {
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(30);

    private final Console console;
    private final boolean quiet;
    private final CourseClock zone;
    private final InstantSource clock = InstantSource.system();
    private final ConsoleProgress lines;
    private final List<Result> collected = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> kinds = new TreeMap<>();
    private Instant said = clock.instant();
    private @Nullable Estimate estimate;
    private @Nullable Instant began;
    private @Nullable CollectionProgress reading;
    private volatile String standstill = "";
    private int done;

    BatchProgress(Console console, boolean quiet, CourseClock zone) {
        this.console = console;
        this.quiet = quiet;
        this.zone = zone;
        this.lines = new ConsoleProgress(console.err(), console.errTerminal() && !quiet, clock);
        lines.below(this::below);
    }

    /** In an order that somebody can look for a student in: they come as they are read. */
    List<Result> collected() {
        return List.copyOf(collected).stream()
                .sorted(Comparator.comparing(
                                (Result one) -> one.errand().lab().id().value())
                        .thenComparing(one -> one.errand().owner().id()))
                .toList();
    }

    /** How many were judged by the rubric already. */
    synchronized int skipped() {
        return estimate == null ? 0 : estimate.skipped();
    }

    @Override
    public void collecting(int repositories) {
        reading = new CollectionProgress(console, repositories);
        say("Reading " + CollectionWords.counted(repositories, "repository", "repositories")
                + " of students who are due and of whom nothing is known yet.");
    }

    @Override
    public void collected(Result result) {
        collected.add(result);
        if (reading != null && !quiet) {
            reading.collected(result);
        }
    }

    @Override
    public void waiting(int repositories, Duration pause) {
        if (reading != null && !quiet) {
            reading.waiting(repositories, pause);
        }
    }

    @Override
    public void planned(Estimate made) {
        synchronized (this) {
            estimate = made;
            began = clock.instant();
        }
        say(EstimateWords.of(made));
    }

    @Override
    public void on(Grading grading, GradingEvent event) {
        if (quiet) {
            return;
        }
        String name = name(grading);
        switch (event) {
            case GradingEvent.Progressed(Progress.Event step) -> {
                if (console.errTerminal()) {
                    lines.of(name).on(step);
                }
            }
            case GradingEvent.Back back -> {
                lines.forget(name);
                if (back.code().equals(standstill)) {
                    return; // said for all of them
                }
                say("  " + name + "  waits again: " + back.message());
            }
            case GradingEvent.Begun begun -> {
                // shown by its steps
            }
            case GradingEvent.Stepped stepped -> {
                // of another process: its end is told
            }
            case GradingEvent.Ended ended -> {
                // told by over()
            }
        }
    }

    private static String name(Grading grading) {
        return grading.owner().id() + " " + grading.lab();
    }

    @Override
    public void over(Grading grading) {
        standstill = "";
        synchronized (this) {
            done++;
            kinds.merge(BatchSummary.kind(grading), 1, Integer::sum);
        }
        if (!quiet) {
            lines.ended(name(grading), grading.message());
            now();
        }
    }

    /** Where nothing is live, how far it has come is said now and then. */
    private synchronized void now() {
        if (!console.errTerminal() && clock.instant().isAfter(said.plus(NOW_AND_THEN))) {
            said = clock.instant();
            lines.say(below());
        }
    }

    @Override
    public void stopped(Worker.Stop stop) {
        // What the engine was just asked for is another thing each time: that is nothing new.
        if (!stop.code().equals(standstill)) {
            standstill = stop.code();
            String why = stop.message().strip();
            say("Paused (" + stop.code() + "): " + why + (why.matches("(?s).*[.?!]") ? "" : ".")
                    + " It is tried again until it goes on.");
        }
    }

    private void say(String words) {
        if (!quiet) {
            lines.say(words);
        }
    }

    private synchronized String below() {
        if (estimate == null || began == null) {
            return "";
        }
        int all = estimate.submissions();
        StringBuilder words = new StringBuilder(done + " of " + all + " done");
        kinds.forEach((kind, count) -> {
            if (!kind.equals(BatchSummary.GRADED)) {
                words.append(", ").append(count).append(' ').append(kind);
            }
        });
        if (done > 0 && done < all) {
            Duration soFar = Duration.between(began, clock.instant());
            Duration left = soFar.multipliedBy(all - done).dividedBy(done);
            words.append(", about ")
                    .append(EstimateWords.duration(left))
                    .append(" left (until ")
                    .append(zone.time(clock.instant().plus(left)))
                    .append(')');
        }
        return words.toString();
    }

    @Override
    public void close() {
        lines.close();
    }
}
