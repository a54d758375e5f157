package org.labharness.pipeline.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.sandbox.Mount;

/**
 * An environment ready to be mounted.
 *
 * @param venv folder on the host; null where no environment could be made, {@link EnvironmentFacts#failure()} says why
 * @param python decides which image the stages run in
 */
public record PreparedEnvironment(
        EnvironmentFacts facts, @Nullable Path venv, PythonVersion python) {
    /** Where every environment lies inside. */
    public static final String INSIDE = "/env";

    /** What a container that uses it mounts. */
    public List<Mount> mounts() {
        return venv == null ? List.of() : List.of(Mount.readOnly(venv, INSIDE));
    }

    /** The variables that make it the Python of a command; a {@code dvc} comes last. */
    public Map<String, String> variables() {
        return Map.of("PATH", INSIDE + "/bin:/usr/local/bin:/usr/bin:/bin:/opt/lab/last", "VIRTUAL_ENV", INSIDE);
    }
}
