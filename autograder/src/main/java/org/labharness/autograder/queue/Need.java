package org.labharness.autograder.queue;

import java.time.Duration;
import org.labharness.lab.Limits;
import org.labharness.lab.Memory;

/**
 * What a grading needs of the machine while it runs.
 *
 * @param memory in bytes
 * @param cpus processors' worth of time
 * @param time how long the student's own work may run
 */
public record Need(long memory, double cpus, Duration time) {
    /** Of the containers beside the student's own: DVC's, and the tracking server. */
    private static final Memory BESIDE = Memory.parse("512MiB");

    public static Need of(Limits limits) {
        return new Need(limits.memory().bytes() + BESIDE.bytes(), limits.cpus(), limits.time());
    }

    /** What is free for others while it stands still: the containers beside the student's own stay. */
    Need standingStill() {
        return new Need(Math.max(0, memory - BESIDE.bytes()), cpus, time);
    }
}
