package org.labharness.pipeline.collect.mlflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
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
    /** Folders of experiments that are looked at, and stores of each kind. */
    private static final int MOST_FOLDERS = 600;

    private static final int MOST_STORES = 30;
    private static final int MOST_DATABASES = 500;
    /** Files that are opened to see whether they are databases. */
    private static final int MOST_OPENED = 20_000;

    private static final Set<String> SKIPPED =
            Set.of("site-packages", "node_modules", "__pycache__", ".dvc", ".venv", "venv", ".ipynb_checkpoints");
    private static final Pattern EXPERIMENT = Pattern.compile("(?:(.*)/)?[0-9]{1,20}/meta\\.yaml");
    private static final Pattern ARTIFACT = Pattern.compile("(?:.*/)?([0-9a-f]{32}|m-[0-9a-f]{32})/artifacts/(.+)");
    /** Where MLflow's file store keeps deleted experiments. */
    private static final String TRASH = ".trash";
    /** Every database of SQLite is made of pages, the smallest of which has so many bytes. */
    private static final int PAGE = 512;

    private final TreeReader tree;
    private final NavigableMap<String, Long> sizes = new TreeMap<>();
    private final NavigableMap<String, List<String>> artifacts = new TreeMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final boolean complete;

    /** @param path in the tree, empty for the tree's root */
    record Found(String path, Kind kind) {
        /** As reports show it. */
        String name() {
            return path.isEmpty() ? "." : path;
        }
    }

    /** @param complete whether all were found */
    record Search(List<Found> stores, boolean complete) {
        Search {
            stores = List.copyOf(stores);
        }
    }

    /** Of a tree after a run: folders that tools fill are left out. */
    static TreeStores of(Path root) {
        return new TreeStores(root, SKIPPED);
    }

    /** Of a tree with all that lies in it. */
    static TreeStores whole(Path root) {
        return new TreeStores(root, Set.of());
    }

    private TreeStores(Path root, Set<String> skipped) {
        tree = new TreeReader(root);
        TreeReader.Listing listing = tree.list("", MOST_ENTRIES, skipped);
        complete = listing.complete();
        for (TreeReader.FoundFile file : listing.files()) {
            sizes.put(file.path(), file.size());
            Matcher artifact = ARTIFACT.matcher(file.path());
            if (artifact.matches()) {
                artifact(artifact, file.path());
            }
        }
    }

    /** Of a run whose artifacts lie in several places, a copied store say, the first place counts. */
    private void artifact(Matcher artifact, String path) {
        String id = artifact.group(1);
        String folder = path.substring(0, path.length() - artifact.group(2).length());
        if (folder.equals(places.computeIfAbsent(id, key -> folder))) {
            artifacts.computeIfAbsent(id, key -> new ArrayList<>()).add(artifact.group(2));
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

    /** The folder of those artifacts, with a slash at its end. */
    Optional<String> artifactFolder(String id) {
        return Optional.ofNullable(places.get(id));
    }

    Set<String> paths() {
        return sizes.keySet();
    }

    /** All stores by path, databases first; databases that are not MLflow's are among them. */
    Search find() {
        Search databases = databases();
        Search folders = folders();
        List<Found> all = new ArrayList<>(databases.stores());
        all.addAll(folders.stores());
        return new Search(all, databases.complete() && folders.complete());
    }

    /** Databases of SQLite by path, whatever their names. */
    Search databases() {
        List<Found> found = new ArrayList<>();
        int opened = 0;
        for (Map.Entry<String, Long> file : sizes.entrySet()) {
            if (file.getValue() == 0 || file.getValue() % PAGE != 0) {
                continue;
            }
            if (++opened > MOST_OPENED || found.size() == MOST_DATABASES) {
                return new Search(found, false);
            }
            if (SqliteCopy.isSqlite(tree, file.getKey())) {
                found.add(new Found(file.getKey(), Kind.SQLITE));
            }
        }
        return new Search(found, true);
    }

    private Search folders() {
        TreeSet<String> folders = new TreeSet<>();
        int read = 0;
        for (String path : sizes.keySet()) {
            Matcher experiment = EXPERIMENT.matcher(path);
            if (!experiment.matches()) {
                continue;
            }
            String root = experiment.group(1) == null ? "" : experiment.group(1);
            if (folders.contains(root) || root.equals(TRASH) || root.endsWith("/" + TRASH)) {
                continue;
            }
            if (++read > MOST_FOLDERS || folders.size() == MOST_STORES) {
                return new Search(stores(folders), false);
            }
            if (isExperiment(path)) {
                folders.add(root);
            }
        }
        return new Search(stores(folders), true);
    }

    private static List<Found> stores(Set<String> folders) {
        return folders.stream().map(folder -> new Found(folder, Kind.FILE)).toList();
    }

    private boolean isExperiment(String path) {
        return Documents.read(tree, path, Documents.Form.YAML)
                .document()
                .filter(doc -> doc.get("experiment_id").isPresent()
                        && doc.get("artifact_location").isPresent())
                .isPresent();
    }
}
