package org.labharness.pipeline.evidence;

import java.util.List;
import java.util.Map;
import org.labharness.lab.ModelReference;

/**
 * An MLflow store: the submission's own server, or one found in the tree.
 *
 * @param store {@code server}, or its path in the repository
 * @param newRuns runs that were not there before the harness ran the submission
 * @param oldRuns number of runs that were
 */
public record TrackingStore(
        String store,
        Kind kind,
        List<String> experiments,
        List<MlflowRun> newRuns,
        int oldRuns,
        List<RegisteredModel> registeredModels) {
    public TrackingStore {
        experiments = List.copyOf(experiments);
        newRuns = List.copyOf(newRuns);
        registeredModels = List.copyOf(registeredModels);
    }

    /** Kinds of stores. */
    public enum Kind {
        SERVER,
        FILE,
        SQLITE
    }

    /**
     * @param status FINISHED, FAILED, RUNNING, KILLED...
     * @param metrics last values
     * @param history values by step for metrics with more than one, capped
     * @param artifacts paths, capped; models logged the MLflow 3 way included as {@code models/<name>/...}
     * @param models names under which models were logged
     * @param modelIds ids of models logged the MLflow 3 way, by name; of several with one name that which was made last
     */
    public record MlflowRun(
            String id,
            String name,
            String experiment,
            String status,
            Map<String, String> params,
            Map<String, Double> metrics,
            Map<String, List<Step>> history,
            Map<String, String> tags,
            List<String> artifacts,
            List<String> models,
            Map<String, String> modelIds) {
        public MlflowRun {
            params = Map.copyOf(params);
            metrics = Map.copyOf(metrics);
            history = Map.copyOf(history);
            tags = Map.copyOf(tags);
            artifacts = List.copyOf(artifacts);
            models = List.copyOf(models);
            modelIds = Map.copyOf(modelIds);
        }
    }

    /** A metric's value at a step. */
    public record Step(long step, double value) {}

    /** A registered model with the versions that students made; MLflow's own demo data and prompts are left out. */
    public record RegisteredModel(String name, List<ModelVersion> versions) {
        public RegisteredModel {
            versions = List.copyOf(versions);
        }
    }

    /**
     * @param runId the run it came from, empty where none
     * @param fresh whether it was made during the harness's run
     */
    public record ModelVersion(
            String version, String runId, String source, List<String> aliases, String stage, boolean fresh) {
        public ModelVersion {
            aliases = List.copyOf(aliases);
        }

        /** Whether it is one of those that a reference chooses among the versions of its model. */
        public boolean isMeantBy(ModelReference.Registered reference) {
            return switch (reference.choice()) {
                case VERSION -> version.equals(reference.word());
                case ALIAS -> aliases.contains(reference.word());
                case LATEST -> true;
            };
        }

        /** MLflow counts versions from 1; -1 where a store says what is no number. */
        public int number() {
            return version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : -1;
        }
    }
}
