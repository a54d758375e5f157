package org.labharness.pipeline.predict;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.ModelReference;
import org.labharness.pipeline.collect.mlflow.LoggedModels;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;
import org.labharness.pipeline.evidence.TrackingStore.ModelVersion;
import org.labharness.pipeline.evidence.TrackingStore.RegisteredModel;

/** Finds the model that a lab asks for among what a run has left. Only what this grading's run made counts, of files whatever lies there. */
final class ModelFinder {
    private static final String FINISHED = "FINISHED";
    private static final int SHOWN = 5;

    private final TreeReader tree;
    private final List<TrackingStore> stores;
    private final Supplier<LoggedModels> models;
    private @Nullable LoggedModels logged;

    /**
     * @param tree the work tree after the run
     * @param models asked where a model of MLflow is wanted: looking for them goes through all files
     */
    ModelFinder(TreeReader tree, List<TrackingStore> stores, Supplier<LoggedModels> models) {
        this.tree = tree;
        this.stores = List.copyOf(stores);
        this.models = models;
    }

    private LoggedModels logged() {
        LoggedModels known = logged;
        if (known == null) {
            known = models.get();
            logged = known;
        }
        return known;
    }

    /** What was found, or why nothing was. */
    sealed interface Search {}

    record Found(LoggedModels.Folder place, ModelOrigin origin, ModelDescription description) implements Search {}

    /** @param words the end of a sentence that says what was seen */
    record Missing(Outcome outcome, String words) implements Search {}

    Search find(ModelReference reference) {
        return switch (reference) {
            case ModelReference.InTree file -> inTree(file);
            case ModelReference.Logged artifact -> logged(artifact);
            case ModelReference.Registered version -> registered(version);
        };
    }

    private Search inTree(ModelReference.InTree file) {
        String path = file.path();
        if (!tree.isFile(path) && !tree.isDirectory(path)) {
            return new Missing(
                    Outcome.NO_MODEL,
                    "after the run there is no " + path + " in the work tree" + MissingFile.hidden(tree, path));
        }
        return described(new LoggedModels.Folder(tree, path), path, "", "");
    }

    private Search logged(ModelReference.Logged artifact) {
        List<Run> runs = stores.stream()
                .flatMap(store -> store.newRuns().stream().map(run -> new Run(store, run)))
                .filter(run -> run.run().status().equals(FINISHED))
                .filter(run -> artifact.latest() || run.run().name().equals(artifact.run()))
                .toList()
                .reversed();
        for (Run run : runs) {
            Optional<LoggedModels.Folder> place =
                    logged().ofRun(run.run().id(), artifact.path(), run.run().modelIds());
            if (place.isPresent()) {
                String name =
                        "'" + artifact.path() + "' of the run '" + run.run().name() + "'";
                return described(
                        place.get(), name, run.store().store(), run.run().id());
            }
        }
        String whose = artifact.latest() ? "a finished run" : "a finished run called '" + artifact.run() + "'";
        return new Missing(
                Outcome.NO_MODEL,
                runs.isEmpty()
                        ? "this grading's run made no " + whose.substring(2)
                        : "of the " + (runs.size() == 1 ? "one finished run" : runs.size() + " finished runs")
                                + " none logged '" + artifact.path() + "'" + instead(runs));
    }

    /** The end of a sentence: names under which there are models. */
    private static String instead(List<Run> runs) {
        List<String> names = runs.stream()
                .flatMap(run -> run.run().models().stream())
                .distinct()
                .sorted()
                .limit(SHOWN)
                .toList();
        return names.isEmpty() ? "" : " (models were logged as " + String.join(", ", names) + ")";
    }

    private Map<String, Map<String, String>> modelIds() {
        return stores.stream()
                .flatMap(store -> store.newRuns().stream())
                .collect(Collectors.toMap(MlflowRun::id, MlflowRun::modelIds, (one, other) -> one));
    }

    private record Run(TrackingStore store, MlflowRun run) {}

    private record Version(TrackingStore store, ModelVersion version) {}

    private Search registered(ModelReference.Registered wanted) {
        List<Version> versions = stores.stream()
                .flatMap(store -> store.registeredModels().stream()
                        .filter(model -> model.name().equals(wanted.name()))
                        .flatMap(model -> model.versions().stream().map(version -> new Version(store, version))))
                .toList();
        List<Version> fresh =
                versions.stream().filter(version -> version.version().fresh()).toList();
        if (fresh.isEmpty()) {
            return new Missing(Outcome.NO_MODEL, noVersion(wanted.name(), versions.size()));
        }
        Optional<Version> chosen = fresh.stream()
                .filter(version -> version.version().isMeantBy(wanted))
                .max(Comparator.comparingInt(version -> version.version().number()));
        if (chosen.isEmpty()) {
            return new Missing(Outcome.NO_MODEL, others(wanted, fresh));
        }
        ModelVersion version = chosen.get().version();
        String name = "version " + version.version() + " of '" + wanted.name() + "'";
        return logged().ofSource(version.source(), modelIds())
                .map(place -> described(place, name, chosen.get().store().store(), version.runId()))
                .orElseGet(() -> new Missing(
                        Outcome.NO_FILES,
                        name + " is registered, but the files that it names (" + version.source() + ") are not there"));
    }

    private String noVersion(String name, int old) {
        if (old > 0) {
            return "this grading's run registered no version of '" + name + "'; the " + (old == 1 ? "one" : old)
                    + " in the repository " + (old == 1 ? "was" : "were") + " there before";
        }
        List<String> names = stores.stream()
                .flatMap(store -> store.registeredModels().stream())
                .filter(model -> model.versions().stream().anyMatch(ModelVersion::fresh))
                .map(RegisteredModel::name)
                .distinct()
                .limit(SHOWN)
                .toList();
        return "this grading's run registered no model called '" + name + "'"
                + (names.isEmpty() ? "" : "; it registered " + String.join(", ", names));
    }

    private static String others(ModelReference.Registered wanted, List<Version> fresh) {
        String versions = fresh.stream()
                .map(version -> version.version().version())
                .limit(SHOWN)
                .collect(Collectors.joining(", "));
        if (wanted.choice() == ModelReference.Choice.VERSION) {
            return "'" + wanted.name() + "' has no version " + wanted.word() + "; this grading's run made " + versions;
        }
        List<String> aliases = fresh.stream()
                .flatMap(version -> version.version().aliases().stream())
                .distinct()
                .sorted()
                .limit(SHOWN)
                .toList();
        return "no version of '" + wanted.name() + "' has the alias '" + wanted.word() + "'; it has "
                + (aliases.isEmpty() ? "none at all" : "only " + String.join(", ", aliases));
    }

    private Search described(LoggedModels.Folder place, String name, String store, String run) {
        Optional<String> lacking = MissingFile.of(place);
        if (lacking.isPresent()) {
            String file = lacking.get();
            return new Missing(
                    Outcome.NO_FILES,
                    "the MLmodel of " + name + " names " + file.substring(file.lastIndexOf('/') + 1)
                            + ", which is not there" + (store.isEmpty() ? MissingFile.hidden(tree, file) : ""));
        }
        Optional<ModelDescription> description = ModelDescription.of(place);
        if (description.isEmpty()) {
            return new Missing(
                    Outcome.NOT_LOADED, name + " is neither a model's file nor a folder with a readable MLmodel");
        }
        ModelOrigin origin =
                new ModelOrigin(name, store, run, true, description.get().flavor());
        return new Found(place, origin, description.get());
    }
}
