package org.labharness.autograder.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.labharness.pipeline.sandbox.Images;

/** State folders of tests: the images that were built on this machine, all else their own. */
public final class RealHome {
    private static final Path REAL = Images.home(Path.of(""));

    private RealHome() {}

    /** With no environment in its cache. */
    static Path empty(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.copy(REAL.resolve("images.properties"), folder.resolve("images.properties"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With this machine's cache of environments, and its kit of programs for containers, which is made once for each build. */
    public static Path warm(Path folder) {
        try {
            empty(folder);
            for (String shared : List.of("environments", "probes")) {
                Files.createSymbolicLink(folder.resolve(shared), Files.createDirectories(REAL.resolve(shared)));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
