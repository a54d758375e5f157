package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.dvcremote.DvcFolders;

/**
 * What the environment says of this installation.
 *
 * @param variables of the process, or of a test
 */
record Settings(Map<String, String> variables) {
    Settings {
        variables = Map.copyOf(variables);
    }

    static Settings ofProcess() {
        return new Settings(System.getenv());
    }

    /** The folder for caches, logs and evidence: {@code LAB_HOME}, else {@code .lab} in the working directory. */
    Path home() {
        String set = variables.getOrDefault("LAB_HOME", "");
        return Path.of(set.isBlank() ? ".lab" : set).toAbsolutePath().normalize();
    }

    /** Evidence and bundles: in the folder that {@code LAB_STORE} names, which several machines may share, else in the state folder. */
    Archive archive() {
        String set = variables.getOrDefault("LAB_STORE", "");
        InstantSource clock = InstantSource.system();
        return set.isBlank() ? new Archive(home(), clock) : Archive.at(Path.of(set), clock);
    }

    /** DVC remotes of this installation, by the address that {@code LAB_SERVER} gives of its server. */
    DvcFolders remotes() {
        return new DvcFolders(
                home(), variables.getOrDefault("LAB_SERVER", "").strip().replaceFirst("/+$", ""));
    }

    /** A variable that the launcher sets. */
    String required(String variable) {
        String value = variables.getOrDefault(variable, "");
        if (value.isBlank()) {
            throw new WrongUse(
                    "The variable " + variable + " is not set. Start the program with ./lab, which sets it.");
        }
        return value;
    }
}
