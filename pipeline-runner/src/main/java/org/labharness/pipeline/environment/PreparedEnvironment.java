package org.labharness.pipeline.environment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.sandbox.Mount;

/**
 * An environment ready to be mounted. It stays in the cache until it is closed.
 *
 * @param venv folder on the host; null where no environment could be made, {@link EnvironmentFacts#failure()} says why
 * @param python decides which image the stages run in
 * @param own folder with the submission's own packages ({@code -e .}), or null
 * @param preloaded what the lab brings along
 * @param findings whatever did not come out as it was declared, in words for the student
 * @param lease keeps it in the cache
 */
public record PreparedEnvironment(
        EnvironmentFacts facts,
        @Nullable Path venv,
        PythonVersion python,
        @Nullable Path own,
        Preloaded preloaded,
        List<Finding> findings,
        Lease lease)
        implements AutoCloseable {
    /** Where every environment lies inside. */
    public static final String INSIDE = "/env";

    /** Where the submission's own packages lie inside; every environment looks there. */
    static final String OWN = "/env-own";

    public PreparedEnvironment {
        findings = List.copyOf(findings);
    }

    /** Without anything of the submission's own or of the lab's. */
    public PreparedEnvironment(EnvironmentFacts facts, @Nullable Path venv, PythonVersion python) {
        this(facts, venv, python, null, Preloaded.NOTHING, List.of(), () -> {});
    }

    /** Held by whoever uses an environment. */
    @FunctionalInterface
    public interface Lease {
        /** From now on it may leave the cache. */
        void end();
    }

    /** What a container that uses it mounts. */
    public List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>(preloaded.mounts());
        if (venv != null) {
            mounts.add(Mount.readOnly(venv, INSIDE));
        }
        if (own != null) {
            mounts.add(Mount.readOnly(own, OWN));
        }
        return mounts;
    }

    /** The variables that make it the Python of a command; a {@code dvc} comes last. */
    public Map<String, String> variables() {
        Map<String, String> all = new HashMap<>(preloaded.variables());
        Map<String, String> added = AddedPackages.variables(facts);
        all.putAll(added);
        String first = own == null ? "" : OWN + "/bin:";
        String java = added.containsKey("JAVA_HOME") ? ":" + added.get("JAVA_HOME") + "/bin" : "";
        all.put("PATH", first + INSIDE + "/bin:/usr/local/bin:/usr/bin:/bin:/opt/lab/last" + java);
        all.put("VIRTUAL_ENV", INSIDE);
        return all;
    }

    @Override
    public void close() {
        lease.end();
    }
}
