package org.labharness.autograder.api;

import java.time.Duration;

/**
 * How much programs may ask.
 *
 * @param perMinute requests of one token
 * @param listeners how many gradings are followed at the same time
 * @param ofToken how many of them by one token
 * @param stream how long one answer follows a grading; whoever follows it longer asks again
 */
public record ApiLimits(int perMinute, int listeners, int ofToken, Duration stream) {
    public static final ApiLimits DEFAULT = new ApiLimits(120, 200, 10, Duration.ofMinutes(15));

    public ApiLimits {
        if (perMinute < 1 || listeners < 1 || ofToken < 1 || stream.isNegative()) {
            throw new IllegalArgumentException("limits of programs are positive");
        }
    }
}
