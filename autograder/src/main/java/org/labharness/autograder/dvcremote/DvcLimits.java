package org.labharness.autograder.dvcremote;

import java.time.Duration;
import org.labharness.lab.Memory;

/**
 * How much one remote takes.
 *
 * @param file one content
 * @param total all contents of a remote
 * @param files number of contents of a remote
 * @param time for one upload
 */
public record DvcLimits(Memory file, Memory total, int files, Duration time) {
    public static final DvcLimits DEFAULT =
            new DvcLimits(Memory.mebibytes(512), Memory.mebibytes(2048), 20_000, Duration.ofMinutes(30));
}
