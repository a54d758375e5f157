package org.labharness.autograder.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares text with a file under {@code src/test/resources/golden}. With {@code -Dgolden.update=true} the file is written instead and
 * the test fails, so that nothing changes unseen.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    public static void check(String name, String actual) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                if (!Files.exists(file) || !Files.readString(file).equals(actual)) {
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, actual);
                    fail("wrote %s: read the difference, then run again without -Dgolden.update", file);
                }
                return;
            }
            assertThat(Files.exists(file))
                    .as("%s is missing; -Dgolden.update=true writes it", file)
                    .isTrue();
            assertThat(actual).as("golden file %s", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
