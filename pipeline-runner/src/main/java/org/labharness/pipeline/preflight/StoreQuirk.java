package org.labharness.pipeline.preflight;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.collect.mlflow.Snapshot;
import org.labharness.pipeline.collect.mlflow.TrackingCollector;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** MLflow's records of earlier runs that are committed: how many runs they really hold, and whose paths. */
final class StoreQuirk implements Quirk {
    private static final int SHOWN = 3;
    private static final int MOST_MODELS = 50;
    private static final Pattern MACHINE = Pattern.compile(
            "(?:file:/{0,3})?((?:[A-Za-z]:[\\\\/]|/home/|/Users/|/content/|/root/|/mnt/)[^\\s'\"]{0,60})");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Set<String> named = named(view);
        if (!named.isEmpty()) {
            Map<String, TrackingStore> read = new TrackingCollector()
                    .collect(view.out().directory(), Snapshot.empty()).stores().stream()
                            .collect(Collectors.toMap(TrackingStore::store, Function.identity(), (a, b) -> a));
            named.stream().limit(SHOWN).forEach(store -> findings.accept(finding(view, store, read)));
        }
        view.files().stream()
                .map(TreeFile::path)
                .filter(path -> Paths.name(path).equals("MLmodel"))
                .limit(MOST_MODELS)
                .forEach(path -> model(view, path, findings));
    }

    private static Set<String> named(TreeView view) {
        Set<String> stores = new LinkedHashSet<>();
        for (TreeFile file : view.files()) {
            String path = file.path();
            List<String> parts = List.of(path.split("/", -1));
            int runs = parts.contains("mlruns") ? parts.indexOf("mlruns") : parts.indexOf("mlartifacts");
            if (runs >= 0 && runs < parts.size() - 1) {
                stores.add(String.join("/", parts.subList(0, runs + 1)));
            } else if (TreeView.name(path).matches("(?:mlflow|mlruns)[A-Za-z0-9_-]{0,20}\\.(?:db|sqlite3?)")) {
                stores.add(path);
            }
        }
        return stores;
    }

    private static Finding finding(TreeView view, String store, Map<String, TrackingStore> read) {
        TrackingStore found = read.get(store);
        int runs = found == null ? 0 : found.newRuns().size() + found.oldRuns();
        String holds = runs == 0
                ? "hold no run at all"
                : "hold " + runs + (runs == 1 ? " run" : " runs")
                        + owner(view, store, found)
                                .map(path -> ", with paths of another machine (" + path + ")")
                                .orElse("");
        return FindingCode.MLFLOW_STORE_COMMITTED.at(
                Place.of(store),
                "MLflow's records of earlier runs are committed: " + store + ". They " + holds
                        + ". Only runs made while grading count.",
                "Take them out (git rm -r --cached " + ShellWord.of(store) + ") and name them in .gitignore.");
    }

    /** A path of another machine that the store names. */
    private static Optional<String> owner(
            TreeView view, String store, @org.jspecify.annotations.Nullable TrackingStore found) {
        Optional<String> inFiles = view.files().stream()
                .map(TreeFile::path)
                .filter(path -> path.startsWith(store + "/") && path.endsWith("/meta.yaml"))
                .limit(20)
                .map(path -> Documents.read(view.tree(), path, Form.YAML).document())
                .flatMap(Optional::stream)
                .flatMap(doc -> List.of("artifact_uri", "artifact_location").stream()
                        .flatMap(key -> doc.get(key).flatMap(Doc::string).stream()))
                .flatMap(text -> machine(text).stream())
                .findFirst();
        return inFiles.or(() -> found == null
                ? Optional.empty()
                : found.newRuns().stream()
                        .limit(20)
                        .flatMap(run -> Optional.ofNullable(run.tags().get("mlflow.source.name")).stream())
                        .flatMap(text -> machine(text).stream())
                        .findFirst());
    }

    private static Optional<String> machine(String text) {
        Matcher path = MACHINE.matcher(text);
        return path.lookingAt() ? Optional.of(path.group(1)) : Optional.empty();
    }

    /** Weights that .gitignore swallowed leave a model that nobody can load. */
    private static void model(TreeView view, String path, Consumer<Finding> findings) {
        Optional<Doc> flavors =
                Documents.read(view.tree(), path, Form.YAML).document().map(doc -> doc.mapping("flavors"));
        flavors.map(doc -> doc.mapping("python_function"))
                .flatMap(function -> function.get("model_path").or(() -> function.get("data")))
                .flatMap(Doc::string)
                .map(file -> Paths.join(Paths.parent(path), file))
                .filter(file -> !file.startsWith("..") && !view.tree().exists(file))
                .ifPresent(file -> findings.accept(FindingCode.MLFLOW_MODEL_INCOMPLETE.at(
                        Place.of(path),
                        "The committed model " + Paths.parent(path) + " names " + file
                                + ", which is not in Git, so it cannot be loaded.",
                        "Commit that file as well, or let the pipeline log the model anew." + view.hidden(file))));
    }
}
