package org.labharness.pipeline.fetch;

import java.time.Duration;
import org.labharness.lab.Memory;

/**
 * How much is fetched for one submission.
 *
 * @param size all files together
 * @param files number of files
 * @param time all together, waiting for servers that are busy included
 * @param idle how long a server may say nothing
 * @param pause before the second try of a server at fault; doubled before each further one
 */
public record FetchLimits(Memory size, int files, Duration time, Duration idle, Duration pause) {
    public static FetchLimits of(Memory disk) {
        return new FetchLimits(disk, 50_000, Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofSeconds(1));
    }
}
