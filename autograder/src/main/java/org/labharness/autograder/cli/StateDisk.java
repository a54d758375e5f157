package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.labharness.lab.Memory;

/**
 * The disk of the state folder.
 *
 * @param home the state folder
 */
record StateDisk(Path home) {
    /** Less than this is taken for the reason why something broke. */
    private static final long LITTLE = 16L << 20;

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
