package org.labharness.lab;

import java.util.List;
import java.util.Map;

/** What to run of a submission. */
public sealed interface RunSpec {
    /** {@code dvc repro} of every pipeline in the repository, or of the named targets only. */
    record Dvc(List<String> targets) implements RunSpec {
        public Dvc {
            targets = List.copyOf(targets);
        }
    }

    /** One entry point of an MLproject file. */
    record MlProject(String entry, Map<String, String> parameters) implements RunSpec {
        public MlProject {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Shell commands, one after the other, each as a stage called {@code command-1}, {@code command-2}... */
    record Commands(List<String> commands) implements RunSpec {
        public Commands {
            commands = List.copyOf(commands);
        }
    }

    /** Whatever the repository offers: its DVC pipelines, else its MLproject. */
    record Detect() implements RunSpec {}
}
