package org.labharness.autograder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.lab.Sha256;

/** Descriptions that were edited since a process read them: one that runs for weeks goes on by what it read, and nobody would know. */
final class CourseEdits {
    private final Map<Path, String> read = new LinkedHashMap<>();
    private final Map<Path, String> told = new LinkedHashMap<>();

    /** To be made before they are read. */
    CourseEdits(Collection<Path> files) {
        for (Path file : files) {
            digest(file).ifPresent(digest -> read.put(file, digest));
        }
        told.putAll(read);
    }

    /** A sentence for each that is another one than it was at the last look. */
    List<String> look() {
        return read.keySet().stream().flatMap(file -> look(file).stream()).toList();
    }

    private Optional<String> look(Path file) {
        return digest(file)
                .filter(digest -> !digest.equals(told.put(file, digest)))
                .map(digest -> digest.equals(read.get(file))
                        ? file + " is again as the server has read it."
                        : file
                                + " was edited, and the server goes on by what it read at its start: deadlines, labs, attempts,"
                                + " what late work costs. Start the server anew to go by the edited one; what waits and what was"
                                + " pushed is kept.");
    }

    /** Empty while it cannot be read: some editors write a file anew. */
    private static Optional<String> digest(Path file) {
        try {
            return Optional.of(Sha256.hex(Files.readAllBytes(file)));
        } catch (IOException away) {
            return Optional.empty();
        }
    }
}
