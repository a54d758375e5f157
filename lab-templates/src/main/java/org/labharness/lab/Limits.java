package org.labharness.lab;

import java.time.Duration;

/**
 * What a submission may use while it runs. Hitting one is a result that names the limit and the value seen, never a failure of the
 * harness.
 *
 * @param time wall time of the whole run, all stages together
 * @param memory of one stage, swap included
 * @param disk size of the file system that holds the work tree and what was logged to the tracking server
 * @param processes at once, threads included
 * @param cpus processors' worth of time, such as 2 or 0.5
 * @param output bytes of standard output and error of one stage
 */
public record Limits(Duration time, Memory memory, Memory disk, int processes, double cpus, Memory output) {
    public static final Limits DEFAULT = new Limits(
            Duration.ofMinutes(10), Memory.parse("2GiB"), Memory.parse("2GiB"), 256, 2, Memory.parse("64MiB"));

    public Limits {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a time limit is positive, but this is " + time);
        }
        if (processes < 8 || cpus <= 0) {
            throw new IllegalArgumentException(
                    "at least 8 processes and more than 0 cpus, but this is " + processes + " and " + cpus);
        }
    }
}
