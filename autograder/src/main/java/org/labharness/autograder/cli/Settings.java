package org.labharness.autograder.cli;

import java.nio.file.Path;

/** What the environment says of this installation. */
final class Settings {
    private Settings() {}

    /** The folder for caches, logs and evidence: {@code LAB_HOME}, else {@code .lab} in the working directory. */
    static Path home() {
        String set = System.getenv("LAB_HOME");
        return Path.of(set == null || set.isBlank() ? ".lab" : set)
                .toAbsolutePath()
                .normalize();
    }

    /** A variable that the launcher sets. */
    static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new WrongUse(
                    "The variable " + variable + " is not set. Start the program with ./lab, which sets it.");
        }
        return value;
    }
}
