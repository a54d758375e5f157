package org.labharness.autograder.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.pipeline.Progress;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** What becomes of gradings in this process, a line of the log each, by number of the submission and without names of people. */
final class GradingLog {
    private final Logger log;
    /** Those that run here, by their numbers. */
    private final Map<Long, Grading> running = new ConcurrentHashMap<>();

    GradingLog(Logger log) {
        this.log = log;
    }

    void on(long grading, GradingEvent event) {
        switch (event) {
            case GradingEvent.Begun begun -> {
                running.put(grading, begun.grading());
                of(log.atInfo(), begun.grading())
                        .log("grading is begun, try {}", begun.grading().tries() + 1);
            }
            case GradingEvent.Back back -> {
                Grading one = running.remove(grading);
                LoggingEventBuilder line = log.atWarn().addKeyValue("code", back.code());
                (one == null ? line : of(line, one)).log("grading waits again: {}", back.message());
            }
            case GradingEvent.Ended ended -> {
                running.remove(grading);
                boolean broken = !ended.grading().code().isEmpty();
                LoggingEventBuilder line = broken
                        ? log.atWarn().addKeyValue("code", ended.grading().code())
                        : log.atInfo();
                of(line, ended.grading())
                        .log(
                                "grading is {}: {}",
                                ended.grading().state().code(),
                                ended.grading().message());
            }
            case GradingEvent.Progressed(Progress.Event.StepEnded step) -> {
                Grading one = running.get(grading);
                if (one != null) {
                    of(log.atDebug(), one)
                            .addKeyValue("step", step.step().title())
                            .addKeyValue("seconds", step.seconds())
                            .log("step is over");
                }
            }
            case GradingEvent.Progressed progressed -> {
                // what a step is at is for those who watch
            }
            case GradingEvent.Stepped stepped -> {
                // another process has its own log
            }
        }
    }

    private static LoggingEventBuilder of(LoggingEventBuilder line, Grading grading) {
        return line.addKeyValue("submission", String.valueOf(grading.submission()))
                .addKeyValue("lab", grading.lab().value())
                .addKeyValue("way", grading.way().code());
    }
}
