package org.labharness.autograder.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.labharness.autograder.report.Outcome;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;

/**
 * The disk of the state folder.
 *
 * @param home the state folder
 */
record StateDisk(Path home) {
    /** Less than this is taken for the reason why something broke. */
    private static final long LITTLE = 16L << 20;

    /**
     * A full disk breaks things in many places; whatever broke, that is what has to be mended. What could not be written although there
     * is room is the matter of one submission, and stops no other.
     */
    Outcome.Broken named(Outcome.Broken broken) {
        Optional<String> full = full();
        Breakdown reason = full.isPresent()
                ? Breakdown.DISK_FULL
                : broken.reason() == Breakdown.DISK_FULL && Files.isWritable(home)
                        ? Breakdown.INTERNAL
                        : broken.reason();
        return new Outcome.Broken(
                broken.submission(), reason, full.orElse(broken.message()), broken.harness(), broken.timings());
    }

    /** A sentence, where there is next to no room left. */
    Optional<String> full() {
        long free = home.toFile().getUsableSpace();
        return home.toFile().isDirectory() && free < LITTLE
                ? Optional.of("The disk of " + home + " is full (" + new Memory(free)
                        + " left). Free some space, or set LAB_HOME to a folder on another disk, then run the command"
                        + " again.")
                : Optional.empty();
    }
}
