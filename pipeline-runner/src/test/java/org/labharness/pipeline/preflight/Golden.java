package org.labharness.pipeline.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Words that students read, kept in files; {@code -Dgolden.update=true} writes them anew and fails. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/org/labharness/pipeline/preflight");

    private Golden() {}

    static String read(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    static void check(String name, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update") && !actual.equals(read(name))) {
            Path file = FOLDER.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, actual);
            fail("wrote " + file + " anew: read the difference, and run again without -Dgolden.update");
        }
        assertThat(actual).isEqualTo(read(name));
    }
}
