package org.labharness.autograder.staffpage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.ledger.Grading;
import org.labharness.lab.course.CourseId;

/**
 * A course's gradings that are not over.
 *
 * @param running those that run, in the order in which they were taken
 * @param waiting those that wait, in the order in which they are taken
 */
public record Queued(List<Running> running, List<Waiting> waiting) {
    public Queued {
        running = List.copyOf(running);
        waiting = List.copyOf(waiting);
    }

    /** @param since when it came to the step at which it is */
    record Running(Grading grading, Instant since) {}

    /** @param position among those of all courses of the server: 1 is taken next */
    record Waiting(Grading grading, int position) {}

    /**
     * @param unfinished those of all courses, in the order in which they are taken
     * @param stepsBegan since when those that run are at their step, by their numbers
     */
    public static Queued of(CourseId course, List<Grading> unfinished, Map<Long, Instant> stepsBegan) {
        List<Running> running = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        int position = 0;
        for (Grading one : unfinished) {
            boolean waits = one.state() == Grading.State.WAITING;
            position += waits ? 1 : 0;
            if (!one.course().equals(course)) {
                continue;
            }
            if (waits) {
                waiting.add(new Waiting(one, position));
            } else {
                running.add(new Running(one, stepsBegan.getOrDefault(one.id(), one.asked())));
            }
        }
        return new Queued(running, waiting);
    }

    /** Whether a submission waits or runs. */
    boolean holds(long submission) {
        return running.stream().anyMatch(one -> one.grading().submission() == submission)
                || waiting.stream().anyMatch(one -> one.grading().submission() == submission);
    }
}
