package org.labharness.pipeline.collect.mlflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.TrackingStore.Kind;

/**
 * The files of a tree, as far as MLflow stores are concerned. Files that Git ignores are seen too, for that is where most stores are.
 */
final class TreeStores {
    private static final int MOST_ENTRIES = 300_000;
    private static final int MOST_STORES = 30;
    private static final Set<String> SKIPPED =
            Set.of("site-packages", "node_modules", "__pycache__", ".dvc", ".venv", "venv", ".ipynb_checkpoints");
    private static final Pattern EXPERIMENT = Pattern.compile("(?:(.*)/)?[0-9]{1,20}/meta\\.yaml");
    private static final Pattern ARTIFACT = Pattern.compile("(?:.*/)?([0-9a-f]{32}|m-[0-9a-f]{32})/artifacts/(.+)");
    private static final List<String> DATABASES = List.of(".db", ".sqlite", ".sqlite3");

    private final TreeReader tree;
    private final NavigableMap<String, Long> sizes = new TreeMap<>();
    private final NavigableMap<String, List<String>> artifacts = new TreeMap<>();
    private final boolean complete;

    /** @param path in the tree, empty for the tree's root */
    record Found(String path, Kind kind) {
        /** As reports show it. */
        String name() {
            return path.isEmpty() ? "." : path;
        }
    }

    TreeStores(Path root) {
        tree = new TreeReader(root);
        TreeReader.Listing listing = tree.list("", MOST_ENTRIES, SKIPPED);
        complete = listing.complete();
        for (TreeReader.FoundFile file : listing.files()) {
            sizes.put(file.path(), file.size());
            Matcher artifact = ARTIFACT.matcher(file.path());
            if (artifact.matches()) {
                artifacts
                        .computeIfAbsent(artifact.group(1), key -> new ArrayList<>())
                        .add(artifact.group(2));
            }
        }
    }

    TreeReader tree() {
        return tree;
    }

    /** Whether all of the tree was seen. */
    boolean complete() {
        return complete;
    }

    /** Files below a folder, by their path from there. */
    List<String> below(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return sizes.subMap(prefix, prefix + Character.MAX_VALUE).keySet().stream()
                .map(path -> path.substring(prefix.length()))
                .toList();
    }

    /** Size in bytes; -1 where there is no such file. */
    long size(String path) {
        return sizes.getOrDefault(path, -1L);
    }

    /** Artifact paths of a run or logged model, wherever in the tree they lie. */
    List<String> artifacts(String id) {
        return artifacts.getOrDefault(id, List.of());
    }

    /** Stores by path; those that hold no tables of MLflow's are among the databases. */
    List<Found> find() {
        Set<String> seen = new HashSet<>();
        TreeSet<String> folders = new TreeSet<>();
        List<Found> found = new ArrayList<>();
        for (String path : sizes.keySet()) {
            Matcher experiment = EXPERIMENT.matcher(path);
            if (experiment.matches()) {
                String root = experiment.group(1) == null ? "" : experiment.group(1);
                if (!folders.contains(root) && seen.size() < 20 * MOST_STORES && seen.add(path) && isExperiment(path)) {
                    folders.add(root);
                }
            } else if (DATABASES.stream().anyMatch(path.toLowerCase(Locale.ROOT)::endsWith)) {
                found.add(new Found(path, Kind.SQLITE));
            }
        }
        folders.forEach(folder -> found.add(new Found(folder, Kind.FILE)));
        return found.stream().limit(MOST_STORES).toList();
    }

    private boolean isExperiment(String path) {
        return Documents.read(tree, path, Documents.Form.YAML)
                .document()
                .filter(doc -> doc.get("experiment_id").isPresent()
                        && doc.get("artifact_location").isPresent())
                .isPresent();
    }
}
