package org.labharness.autograder.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

class GradingLogTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");

    private final Queue<SubstituteLoggingEvent> lines = new ArrayDeque<>();
    private final GradingLog log =
            new GradingLog(new EventRecordingLogger(new SubstituteLogger("gradings", lines, false), lines));

    private static Grading grading(Grading.State state, String code, String message) {
        return new Grading(
                3,
                17,
                CourseId.parse("mlops"),
                LabId.parse("dvc"),
                new Owner.OfStudent(StudentId.parse("cs21b001")),
                Way.PUSH,
                "cs21b001",
                "",
                false,
                5,
                state,
                1,
                NOON,
                NOON,
                null,
                "worker",
                "run",
                code,
                message);
    }

    private static String line(SubstituteLoggingEvent event) {
        return event.getLevel() + " " + MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray());
    }

    @Test
    void each_line_names_the_submission_and_nobody() {
        log.on(3, new GradingEvent.Begun(grading(Grading.State.RUNNING, "", "")));
        log.on(3, new GradingEvent.Back("engine-failed", "the engine is gone"));
        log.on(3, new GradingEvent.Begun(grading(Grading.State.RUNNING, "", "")));
        log.on(3, new GradingEvent.Ended(grading(Grading.State.DONE, "", "graded: 40 of 50")));
        log.on(4, new GradingEvent.Back("engine-failed", "never heard of"));

        assertThat(lines)
                .extracting(GradingLogTests::line)
                .containsExactly(
                        "INFO submission=17 lab=dvc way=push grading is begun, try 2",
                        "WARN code=engine-failed submission=17 lab=dvc way=push grading waits again: the engine is gone",
                        "INFO submission=17 lab=dvc way=push grading is begun, try 2",
                        "INFO submission=17 lab=dvc way=push grading is done: graded: 40 of 50",
                        "WARN code=engine-failed grading waits again: never heard of");
    }

    @Test
    void what_came_to_nothing_is_a_warning_with_its_code() {
        log.on(3, new GradingEvent.Ended(grading(Grading.State.DONE, "network", "broken: no name found")));

        assertThat(lines)
                .extracting(GradingLogTests::line)
                .singleElement()
                .asString()
                .startsWith("WARN code=network ");
    }
}
