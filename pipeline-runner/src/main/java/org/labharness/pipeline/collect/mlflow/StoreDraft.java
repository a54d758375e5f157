package org.labharness.pipeline.collect.mlflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.ModelVersion;
import org.labharness.pipeline.evidence.TrackingStore.RegisteredModel;

/**
 * A store while it is read. Runs and versions that were there before are only counted. What MLflow itself brings along (its demo, its
 * empty default experiment, prompts) is left out, and so are registered versions that came from no run.
 */
final class StoreDraft {
    private static final String DEMO = "MLflow Demo";
    private static final String DEFAULT = "Default";

    private final String store;
    private final TrackingStore.Kind kind;
    private final Ids known;
    private final Caps caps;
    private final Map<String, String> experiments = new TreeMap<>();
    private final Map<String, RunDraft> runs = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> allRuns = new HashSet<>();
    private final Map<String, List<ModelVersion>> models = new TreeMap<>();
    private final Set<String> allVersions = new HashSet<>();
    private final Set<String> allOrigins = new HashSet<>();
    private final Map<String, LoggedModel> loggedModels = new LinkedHashMap<>();
    private final TreeSet<String> problems = new TreeSet<>();
    private int old;
    private int stepsLeft;

    StoreDraft(String store, TrackingStore.Kind kind, Ids known, Caps caps) {
        this.store = store;
        this.kind = kind;
        this.known = known;
        this.caps = caps;
        this.stepsLeft = caps.allSteps();
    }

    /** A model logged the MLflow 3 way, and the run that did it. */
    record LoggedModel(String name, String runId) {}

    Caps caps() {
        return caps;
    }

    void experiment(String id, String name) {
        if (experiments.size() >= caps.runs()) {
            problem("more than " + caps.runs() + " experiments");
        } else {
            experiments.put(id, caps.cut(name));
        }
    }

    Set<String> experimentIds() {
        return Set.copyOf(experiments.keySet());
    }

    /** Adds a run; empty where it was there before, or is none of the student's, or there is no place for it. */
    Optional<RunDraft> run(String id, String name, String experimentId, String status) {
        String experiment = experiments.getOrDefault(experimentId, experimentId);
        if (experiment.equals(DEMO) || allRuns.contains(id)) {
            return Optional.empty();
        }
        used.add(experimentId);
        if (allRuns.size() >= 20 * caps.runs() || (!known.runs().contains(id) && runs.size() >= caps.runs())) {
            problem("more than " + caps.runs() + " new runs");
            return Optional.empty();
        }
        allRuns.add(id);
        if (known.runs().contains(id)) {
            old++;
            return Optional.empty();
        }
        RunDraft draft = new RunDraft(id, name, experiment, status, caps);
        runs.put(id, draft);
        return Optional.of(draft);
    }

    Optional<RunDraft> run(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    Collection<RunDraft> runs() {
        return runs.values();
    }

    /** Adds the steps of a metric where it has more than one and there is place. */
    void history(RunDraft run, String metric, StepHistory history) {
        List<TrackingStore.Step> steps = history.steps();
        if (history.seen() < 2) {
            return;
        }
        if (steps.size() > stepsLeft) {
            problem("more than " + caps.allSteps() + " metric steps");
            return;
        }
        stepsLeft -= steps.size();
        run.history(metric, steps);
    }

    /** A model logged the MLflow 3 way. */
    void loggedModel(String id, String name, String runId) {
        if (loggedModels.size() < caps.versions()) {
            loggedModels.put(id, new LoggedModel(caps.cut(name), runId));
            run(runId).ifPresent(run -> run.model(name));
        }
    }

    /** Logged models by their id. */
    Map<String, LoggedModel> loggedModels() {
        return loggedModels;
    }

    void registeredModel(String name) {
        if (models.size() < caps.models()) {
            models.putIfAbsent(caps.cut(name), new ArrayList<>());
        } else {
            problem("more than " + caps.models() + " registered models");
        }
    }

    void version(String model, String version, String runId, String source, Collection<String> aliases, String stage) {
        LoggedModel logged = loggedModels.get(source.replaceFirst("^models:/", ""));
        String run = runId.isEmpty() && logged != null ? logged.runId() : runId;
        String key = model + "/" + version;
        if (allVersions.size() >= caps.versions()) {
            problem("more than " + caps.versions() + " registered versions");
            return;
        }
        registeredModel(model);
        List<ModelVersion> versions = models.get(caps.cut(model));
        if (!allVersions.add(key) || versions == null || run.isEmpty()) {
            return;
        }
        allOrigins.add(key + "/" + run);
        List<String> names =
                aliases.stream().limit(caps.values()).map(caps::cut).sorted().toList();
        versions.add(new ModelVersion(
                caps.cut(version),
                caps.cut(run),
                caps.cut(source),
                names,
                caps.cut(stage),
                !known.versions().contains(key) && !known.origins().contains(key + "/" + run)));
    }

    /** Something that kept the store from being read wholly, as the end of a sentence. */
    void problem(String words) {
        problems.add(words);
    }

    List<String> problems() {
        TreeSet<String> all = new TreeSet<>(problems);
        if (runs.values().stream().anyMatch(RunDraft::cut)) {
            all.add("more than " + caps.values() + " params, metrics, tags or artifacts in a run");
        }
        return List.copyOf(all);
    }

    Ids ids() {
        return new Ids(allRuns, allVersions, allOrigins);
    }

    boolean isEmpty() {
        return allRuns.isEmpty() && models.isEmpty() && names().isEmpty();
    }

    TrackingStore build() {
        List<RegisteredModel> registered = models.entrySet().stream()
                .map(entry -> new RegisteredModel(entry.getKey(), entry.getValue()))
                .toList();
        return new TrackingStore(
                store,
                kind,
                names(),
                runs.values().stream().map(RunDraft::build).toList(),
                old,
                registered);
    }

    private List<String> names() {
        return experiments.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(DEMO))
                .filter(entry -> !entry.getValue().equals(DEFAULT) || used.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }
}
