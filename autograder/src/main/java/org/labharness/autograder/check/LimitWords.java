package org.labharness.autograder.check;

import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.StageRun;

/** Words for stages that met a limit. */
final class LimitWords {
    private LimitWords() {}

    /** What stopped a stage, and how to stay below it. */
    static Sentence of(String name, LimitHit hit, @Nullable Place where) {
        String limit = PlainText.name(hit.limit());
        String seen = PlainText.name(hit.seen());
        return switch (hit.name()) {
            case TIME ->
                Sentence.at(
                        where,
                        name + " was stopped at the time limit of " + limit + " (seen: " + seen + ").",
                        "Look for a loop that never ends or a wait for something that never comes; else train less: fewer"
                                + " rows, trees or epochs.");
            case IDLE ->
                Sentence.at(
                        where,
                        name + " was stopped because it waited without computing for " + seen
                                + ", which is as long as a command may.",
                        "Look for what it waits for: a server that nobody starts, a lock, an answer from the network or from"
                                + " the keyboard.");
            case MEMORY ->
                Sentence.at(
                        where,
                        name + " was stopped because it needed more memory than the limit of " + limit + " (seen: "
                                + seen + ").",
                        "Read the data in pieces, keep fewer copies, use smaller types such as float32.");
            case DISK ->
                Sentence.at(
                        where,
                        name + " was stopped because it filled the disk: the limit is " + limit + " (seen: " + seen
                                + ").",
                        "Write less: no copies of the data, no checkpoint of every epoch, and delete temporary files.");
            case PROCESSES ->
                Sentence.at(
                        where,
                        name + " was stopped because it started too many processes: the limit is " + limit + " (seen: "
                                + seen + ").",
                        "Start fewer workers (n_jobs=2), and look for a process that starts itself again.");
            case OUTPUT ->
                Sentence.at(
                        where,
                        name + " was stopped because it printed too much: the limit is " + limit + " (seen: " + seen
                                + ").",
                        "Print a line an epoch, not a line a row; write large results to a declared output.");
        };
    }

    /** A limit of the whole run, or of DVC's work on the stage: no command of the stage itself hit it. */
    static Sentence unnamed(String name, StageRun stage, @Nullable Place where) {
        boolean reached = stage.status() != StageRun.Status.NOT_REACHED;
        return Sentence.at(
                where,
                name
                        + (reached ? " was stopped: " : " was ")
                        + RunStory.detail(stage, reached ? "a limit was met." : "not reached."),
                reached
                        ? "Make what it reads and writes smaller."
                        : "Make the stages before it faster or smaller: all stages share the limits of the run.");
    }
}
