package org.labharness.pipeline.run;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths as the containers of a submission see them. */
final class WorkPath {
    /** Where the work tree lies there. */
    static final Path INSIDE = Path.of("/work");

    private WorkPath() {}

    /**
     * What a command named, outside of its container; empty where that is not below the work tree.
     *
     * @param directory where the command ran, as its container saw it
     */
    static Optional<Path> inTree(Path tree, String directory, String named) {
        try {
            Path wanted = Path.of(directory).resolve(named).normalize();
            return wanted.startsWith(INSIDE) && !wanted.equals(INSIDE)
                    ? Optional.of(tree.resolve(INSIDE.relativize(wanted)))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
