package org.labharness.pipeline.sandbox.docker;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What the init of a container says when nothing else is alive in it.
 *
 * @param code the command's exit code, meaningful for {@link Reason#EXIT}
 * @param wall how long the command ran
 * @param oomKills processes that the kernel killed for want of memory
 * @param refusedForks processes or threads that the limit refused
 * @param peakBytes of the control group, 0 where the kernel does not tell
 */
record InitReport(Reason reason, int code, Duration wall, long oomKills, long refusedForks, long peakBytes) {
    /** Why the container ended. */
    enum Reason {
        EXIT,
        DEADLINE,
        /** It only waited. */
        IDLE,
        HELD
    }

    /** Reads what follows the word: {@code exit 0 1500 0 0 123456}. */
    static Optional<InitReport> parse(String text) {
        String[] fields = text.strip().split(" ", -1);
        if (fields.length != 6) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InitReport(
                    Reason.valueOf(fields[0].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(fields[1]),
                    Duration.of(Long.parseLong(fields[2]), ChronoUnit.MICROS),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5])));
        } catch (IllegalArgumentException e) {
            // Cut off: the init was killed while it wrote.
            return Optional.empty();
        }
    }
}
