package org.labharness.lab;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which Python environment the stages run in.
 *
 * @param python the version to use, or null for the one that the submission asks for (3.11 where it asks for none)
 * @param packages requirements that replace whatever the submission declares; empty: the submission's own
 * @param allowed what may be installed beside wheels of the package index
 * @param preload what the lab brings along
 */
public record EnvironmentSpec(
        @Nullable PythonVersion python, List<String> packages, Set<Allowed> allowed, Preload preload) {
    public static final EnvironmentSpec OF_THE_SUBMISSION = new EnvironmentSpec(null, List.of());

    public EnvironmentSpec {
        packages = List.copyOf(packages);
        allowed = Set.copyOf(allowed);
    }

    /** With wheels of the package index alone. */
    public EnvironmentSpec(@Nullable PythonVersion python, List<String> packages) {
        this(python, packages, Set.of(), Preload.NOTHING);
    }

    /** Whether packages may come as source code that has to be built. */
    public boolean allowsSources() {
        return allowed.contains(Allowed.SOURCE_DISTRIBUTIONS);
    }

    /** What a lab can allow. */
    public enum Allowed {
        SOURCE_DISTRIBUTIONS("source-distributions");

        private final String word;

        Allowed(String word) {
            this.word = word;
        }

        /** As lab.yaml writes it. */
        public String word() {
            return word;
        }
    }

    /**
     * Folders of the lab, relative to it; null where it has none.
     *
     * @param wheels that are taken before those of the package index
     * @param torch what {@code TORCH_HOME} holds
     * @param huggingface what {@code HF_HOME} holds
     */
    public record Preload(
            @Nullable String wheels,
            @Nullable String torch,
            @Nullable String huggingface) {
        public static final Preload NOTHING = new Preload(null, null, null);
    }
}
