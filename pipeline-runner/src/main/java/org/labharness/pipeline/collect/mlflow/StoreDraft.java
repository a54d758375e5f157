package org.labharness.pipeline.collect.mlflow;

import java.time.Instant;
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
import org.jspecify.annotations.Nullable;
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
    /** Old ones included, which are counted only. */
    private static final int MOST_RUNS = 200_000;

    private static final int MOST_ALIASES = 50;

    private final String store;
    private final TrackingStore.Kind kind;
    private final Before before;
    private final Allowance allowance;
    private final Caps caps;
    private final Map<String, String> experiments = new TreeMap<>();
    private final Map<String, RunDraft> runs = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> allRuns = new HashSet<>();
    private final Map<String, List<ModelVersion>> models = new TreeMap<>();
    private final Set<String> allVersions = new HashSet<>();
    private final Map<String, LoggedModel> loggedModels = new LinkedHashMap<>();
    private final TreeSet<String> problems = new TreeSet<>();
    private final Map<String, String> incomplete = new TreeMap<>();
    private @Nullable String unread;
    private @Nullable Misdated firstMisdated;
    private int misdated;
    private int old;

    StoreDraft(String store, TrackingStore.Kind kind, Before before, Allowance allowance) {
        this.store = store;
        this.kind = kind;
        this.before = before;
        this.allowance = allowance;
        this.caps = allowance.caps();
    }

    /** A run that the store itself dates before this grading's, or, {@code late}, after it. */
    record Misdated(String name, Instant started, boolean late) {}

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

    /**
     * Adds a run; empty where it was there before, or is none of the student's, or there is no place for it.
     *
     * @param started in milliseconds, 0 where the store does not say
     */
    Optional<RunDraft> run(String id, String name, String experimentId, String status, long started) {
        String experiment = experiments.getOrDefault(experimentId, experimentId);
        if (experiment.equals(DEMO) || allRuns.contains(id)) {
            return Optional.empty();
        }
        used.add(experimentId);
        if (allRuns.size() >= MOST_RUNS) {
            problem("more than " + MOST_RUNS + " runs");
            return Optional.empty();
        }
        allRuns.add(id);
        if (before.runs().contains(id) || before.doubt() != null) {
            old++;
            return Optional.empty();
        }
        if (!before.isWithin(started)) {
            old++;
            misdated(name.isBlank() ? id : name, started);
            return Optional.empty();
        }
        return fresh(id, name, experiment, status);
    }

    private void misdated(String name, long started) {
        misdated++;
        if (firstMisdated == null) {
            firstMisdated =
                    new Misdated(caps.cut(name), Instant.ofEpochMilli(Math.max(0, started)), started > before.until());
        }
    }

    private Optional<RunDraft> fresh(String id, String name, String experiment, String status) {
        if (runs.size() >= caps.runs()) {
            problem("more than " + caps.runs() + " new runs");
            return Optional.empty();
        }
        if (!allowance.takesLetters(name, experiment)) {
            problem(allowance.noRoomWords());
            return Optional.empty();
        }
        RunDraft draft = new RunDraft(id, name, experiment, status, allowance);
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
        if (!allowance.takesSteps(steps.size())) {
            problem("more than " + caps.allSteps() + " metric steps");
            return;
        }
        run.history(metric, steps);
    }

    /**
     * A model logged the MLflow 3 way.
     *
     * @param created in milliseconds, 0 where the store does not say
     */
    void loggedModel(String id, String name, String runId, long created) {
        if (loggedModels.size() < caps.versions()) {
            loggedModels.put(id, new LoggedModel(caps.cut(name), runId));
            run(runId).ifPresent(run -> run.model(name, id, created));
        }
    }

    /** Logged models by their id. */
    Map<String, LoggedModel> loggedModels() {
        return loggedModels;
    }

    void registeredModel(String name) {
        if (models.containsKey(caps.cut(name))) {
            return;
        }
        if (models.size() >= caps.models()) {
            problem("more than " + caps.models() + " registered models");
        } else if (allowance.takesLetters(name)) {
            models.put(caps.cut(name), new ArrayList<>());
        } else {
            problem(allowance.noRoomWords());
        }
    }

    /**
     * A registered version.
     *
     * @param created in milliseconds, 0 where the store does not say
     */
    record Version(
            String model,
            String version,
            String runId,
            String source,
            Collection<String> aliases,
            String stage,
            long created) {
        String key() {
            return model + "/" + version;
        }
    }

    /** Adds a version, unless it came from no run. */
    void version(Version version) {
        LoggedModel logged = loggedModels.get(version.source().replaceFirst("^models:/", ""));
        String run = version.runId().isEmpty() && logged != null ? logged.runId() : version.runId();
        if (allVersions.size() >= caps.versions()) {
            problem("more than " + caps.versions() + " registered versions");
            return;
        }
        registeredModel(version.model());
        List<ModelVersion> versions = models.get(caps.cut(version.model()));
        if (!allVersions.add(version.key()) || versions == null || run.isEmpty()) {
            return;
        }
        if (!allowance.takesLetters(version.version(), run, version.source(), version.stage())) {
            problem(allowance.noRoomWords());
            return;
        }
        List<String> names = version.aliases().stream()
                .limit(MOST_ALIASES)
                .filter(allowance::takesLetters)
                .map(caps::cut)
                .sorted()
                .toList();
        versions.add(new ModelVersion(
                caps.cut(version.version()),
                caps.cut(run),
                caps.cut(version.source()),
                names,
                caps.cut(version.stage()),
                !before.isKnownVersion(version.key(), version.created())));
    }

    /** Something that kept the store from being read wholly and lies in what it holds, as the end of a sentence. */
    void problem(String words) {
        problems.add(words);
    }

    /** Something that kept the store from being read wholly and may lie with the harness, as the end of a sentence. */
    void unread(String words) {
        unread = words;
    }

    /** A model of a run whose MLmodel names a file that is not there. */
    void incomplete(RunDraft run, String model, String missing) {
        run.withdraw(model);
        if (incomplete.size() < caps.models()) {
            incomplete.put(run.label() + "/" + model, missing);
        }
    }

    String store() {
        return store;
    }

    TrackingStore.Kind kind() {
        return kind;
    }

    Optional<String> unread() {
        return Optional.ofNullable(unread);
    }

    /** Why runs that were not seen before do not count as new; empty where they do, and where there are none. */
    Optional<String> doubt() {
        return old == 0 ? Optional.empty() : Optional.ofNullable(before.doubt());
    }

    Optional<Misdated> firstMisdated() {
        return Optional.ofNullable(firstMisdated);
    }

    int misdated() {
        return misdated;
    }

    int old() {
        return old;
    }

    Allowance allowance() {
        return allowance;
    }

    /** By run and model, the file that is missing. */
    Map<String, String> incomplete() {
        return incomplete;
    }

    List<String> problems() {
        TreeSet<String> all = new TreeSet<>(problems);
        if (runs.values().stream().anyMatch(RunDraft::cut)) {
            all.add("more than " + caps.values() + " params, metrics or tags, or more than " + caps.artifacts()
                    + " artifacts, in a run");
        }
        if (runs.values().stream().anyMatch(RunDraft::full)) {
            all.add(allowance.noRoomWords());
        }
        return List.copyOf(all);
    }

    /** Whether there is anything in it, or may be. */
    boolean isWorthTelling() {
        return !(allRuns.isEmpty()
                && models.isEmpty()
                && names().isEmpty()
                && problems().isEmpty()
                && unread == null);
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
