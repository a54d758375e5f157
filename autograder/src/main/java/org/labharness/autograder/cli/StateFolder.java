package org.labharness.autograder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** The folder for what this installation keeps. */
final class StateFolder {
    private StateFolder() {}

    /** It, made where it is missing. */
    static Path made(Settings settings) {
        try {
            return Files.createDirectories(settings.home());
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "The state folder " + settings.home() + " cannot be made: " + e + ".", e);
        }
    }
}
