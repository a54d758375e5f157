package org.labharness.autograder.gitserver;

import java.time.Duration;
import org.labharness.lab.Memory;

/**
 * How much may be pushed, and how long a push waits for its verdict.
 *
 * @param pack bytes that one push may send, compressed
 * @param object the largest single file version, inflated
 * @param unpacked all that one push sends, inflated
 * @param objects commits, trees, tags and file versions that one push may send
 * @param refs branches, tags and experiments of one repository
 * @param repository all that is kept of one repository
 * @param time in which a push has to be sent
 * @param perHour pushes to one repository in an hour, also those that are refused
 * @param atOnce pushes whose objects are read at the same time; more wait
 * @param patience how long a push waits for others before it is refused
 * @param answer how long a push shows what becomes of it; the grading goes on without it
 */
public record PushLimits(
        Memory pack,
        Memory object,
        Memory unpacked,
        int objects,
        int refs,
        Memory repository,
        Duration time,
        int perHour,
        int atOnce,
        Duration patience,
        Duration answer) {
    public static final PushLimits DEFAULT = new PushLimits(
            Memory.mebibytes(200),
            Memory.mebibytes(100),
            Memory.mebibytes(2048),
            100_000,
            2_000,
            Memory.mebibytes(500),
            Duration.ofMinutes(30),
            30,
            4,
            Duration.ofSeconds(60),
            Duration.ofSeconds(45));

    public PushLimits {
        if (objects < 1 || refs < 1 || perHour < 1 || atOnce < 1 || patience.isNegative() || answer.isNegative()) {
            throw new IllegalArgumentException("limits of a push are positive");
        }
    }
}
