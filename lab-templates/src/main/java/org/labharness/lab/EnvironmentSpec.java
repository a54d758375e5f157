package org.labharness.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which Python environment the stages run in.
 *
 * @param python the version to use, or null for the one that the submission asks for (3.11 where it asks for none)
 * @param packages requirements that replace whatever the submission declares; empty: the submission's own
 */
public record EnvironmentSpec(@Nullable PythonVersion python, List<String> packages) {
    public static final EnvironmentSpec OF_THE_SUBMISSION = new EnvironmentSpec(null, List.of());

    public EnvironmentSpec {
        packages = List.copyOf(packages);
    }
}
