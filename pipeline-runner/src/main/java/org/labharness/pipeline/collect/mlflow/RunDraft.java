package org.labharness.pipeline.collect.mlflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TrackingStore.Step;

/** A run while it is read; keeps what the caps allow and notes whether that was all. */
final class RunDraft {
    private static final String NAME_TAG = "mlflow.runName";
    /** Where a model lies below its folder. */
    private static final String MODEL_FILE = "/" + ModelFiles.NAME;

    final String id;
    private final Allowance allowance;
    private final Caps caps;
    private final String experiment;
    private final String status;
    private String name;
    private final Map<String, String> params = new TreeMap<>();
    private final Map<String, Double> metrics = new TreeMap<>();
    private final Map<String, List<Step>> history = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final TreeSet<String> artifacts = new TreeSet<>();
    private final TreeSet<String> models = new TreeSet<>();
    private final Map<String, Logged> logged = new TreeMap<>();
    private final List<String> expectedHistories = new ArrayList<>();
    private boolean cut;
    private boolean full;

    RunDraft(String id, String name, String experiment, String status, Allowance allowance) {
        this.id = id;
        this.allowance = allowance;
        this.caps = allowance.caps();
        this.name = caps.cut(name);
        this.experiment = caps.cut(experiment);
        this.status = caps.cut(status);
    }

    void param(String key, String value) {
        put(params, key, caps.cut(value), value);
    }

    void tag(String key, String value) {
        put(tags, key, caps.cut(value), value);
        if (key.equals(NAME_TAG) && name.isEmpty()) {
            name = caps.cut(value);
        }
    }

    void metric(String key, double value) {
        put(metrics, key, infinite(value), "");
    }

    boolean hasMetric(String key) {
        return metrics.containsKey(key);
    }

    /** Notes that a kept metric has more than one step. */
    void expectHistory(String key) {
        if (metrics.containsKey(caps.cut(key))) {
            expectedHistories.add(key);
        }
    }

    List<String> expectedHistories() {
        return List.copyOf(expectedHistories);
    }

    void history(String key, List<Step> steps) {
        put(
                history,
                key,
                steps.stream()
                        .map(step -> new Step(step.step(), infinite(step.value())))
                        .toList(),
                "");
    }

    /** MLflow's databases know no infinity and keep the largest number in its place. */
    private static double infinite(double value) {
        return Math.abs(value) == Double.MAX_VALUE ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
    }

    /** Adds paths of artifacts, as many as there is place for. */
    void artifacts(Collection<String> paths) {
        for (String path : paths) {
            keep(path);
            if (path.equals(ModelFiles.NAME) || path.endsWith(MODEL_FILE)) {
                model(path.equals(ModelFiles.NAME) ? "." : path.substring(0, path.length() - MODEL_FILE.length()));
            }
        }
    }

    /** Adds the files of a model that was logged the MLflow 3 way. */
    void modelFiles(String modelName, Collection<String> paths) {
        paths.forEach(path -> keep("models/" + modelName + "/" + path));
    }

    /** How many more paths are kept. */
    int artifactsLeft() {
        return caps.artifacts() - artifacts.size();
    }

    private void keep(String path) {
        if (artifacts.contains(path)) {
            return;
        }
        if (artifactsLeft() <= 0) {
            cut = true;
        } else if (allowance.takesLetters(path)) {
            artifacts.add(caps.cut(path));
        } else {
            full = true;
        }
    }

    private void model(String modelName) {
        if (models.size() < caps.artifacts() && allowance.takesLetters(modelName)) {
            models.add(caps.cut(modelName));
        }
    }

    /**
     * Adds a model that was logged the MLflow 3 way.
     *
     * @param created in milliseconds
     */
    void model(String modelName, String modelId, long created) {
        model(modelName);
        if (models.contains(caps.cut(modelName)) && allowance.takesLetters(modelId)) {
            logged.merge(
                    caps.cut(modelName),
                    new Logged(caps.cut(modelId), created),
                    (one, other) -> other.created() >= one.created() ? other : one);
        }
    }

    private record Logged(String id, long created) {}

    /** It was no whole model after all. */
    void withdraw(String modelName) {
        models.remove(caps.cut(modelName));
    }

    /** How a sentence calls it. */
    String label() {
        return name.isBlank() ? id : name;
    }

    /** Whether something was left out because there was no more room for any of the submission's values. */
    boolean full() {
        return full;
    }

    boolean cut() {
        return cut;
    }

    MlflowRun build() {
        return new MlflowRun(
                id,
                name,
                experiment,
                status,
                params,
                metrics,
                history,
                tags,
                new ArrayList<>(artifacts),
                new ArrayList<>(models),
                logged.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().id())));
    }

    private <T> void put(Map<String, T> values, String key, T value, String text) {
        if (values.size() >= caps.values()) {
            cut = true;
        } else if (allowance.takesLetters(key, text)) {
            values.put(caps.cut(key), value);
        } else {
            full = true;
        }
    }
}
