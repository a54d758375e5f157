package org.labharness.autograder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files and folders that somebody named for a command to write. */
final class OutputFiles {
    private OutputFiles() {}

    static Path folder(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException problem) {
            throw new WrongUse("Cannot make the folder " + directory + ": " + problem.getMessage() + ". Name another.");
        }
    }

    /** @param such a name for a file in a folder that was named by mistake */
    static void requireFile(Path file, String such) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new WrongUse("The folder of " + file + " does not exist. Make it first, or name another file.");
        }
        if (Files.isDirectory(file)) {
            throw new WrongUse(file + " is a folder. Name a file in it, such as " + file.resolve(such) + ".");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new WrongUse("You may not write " + file + ". Name a file that can be written.");
        }
    }

    /** The folder itself need not exist yet, but must be one that can be made. */
    static void requireFolder(Path directory) {
        Path existing = directory.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new WrongUse("The folder " + directory + " cannot be made or written: " + existing
                    + (Files.isDirectory(existing) ? " may not be written." : " is a file.") + " Name another.");
        }
    }

    static void save(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException problem) {
            throw new WrongUse(
                    "Cannot write " + file + ": " + problem.getMessage() + ". Name a file that can be written.");
        }
    }
}
