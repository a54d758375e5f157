package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The list of system calls that a container may make. */
final class SeccompProfile {
    private SeccompProfile() {}

    /** As the engine takes it: JSON. */
    static String json() {
        try (InputStream resource = SeccompProfile.class.getResourceAsStream("seccomp.json")) {
            if (resource == null) {
                throw new IllegalStateException("seccomp.json is missing from the harness's own code: build it again");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
