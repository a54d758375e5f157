package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.labharness.lab.LabInput;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Says for each file that a pipeline needs and does not make whether its content can be had from a clean clone. */
public final class DataSources {
    private final TreeReader tree;
    private final List<PipelineFacts> pipelines;
    private final List<TrackedFile> tracked;
    private final Optional<DvcRemote> remote;
    private final StoredContent stored;

    /** @param paths of the committed files */
    public DataSources(TreeReader tree, List<String> paths, List<PipelineFacts> pipelines) {
        this.tree = tree;
        this.pipelines = List.copyOf(pipelines);
        this.tracked = TrackedFile.readAll(tree, paths);
        this.remote = DvcRemote.of(tree);
        this.stored = new StoredContent(tree, remote);
    }

    /** Every file that a {@code .dvc} file tracks, and every dependency that nothing makes and Git does not hold. */
    public List<DataFacts> read(List<LabInput> inputs) {
        Map<String, DataFacts> found = new TreeMap<>();
        for (TrackedFile file : tracked) {
            found.put(file.path(), tracked(file, inputs));
        }
        for (PipelineFacts pipeline : pipelines) {
            for (Stage stage : pipeline.stages()) {
                stage.deps().stream()
                        .filter(dep -> !found.containsKey(dep) && isNeeded(dep))
                        .forEach(dep -> found.put(dep, untracked(dep, stage, inputs)));
            }
        }
        return List.copyOf(found.values());
    }

    private boolean isNeeded(String dep) {
        boolean made = pipelines.stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .flatMap(stage -> stage.outs().stream())
                .anyMatch(out -> RepositoryPath.isWithin(dep, out.path()) || RepositoryPath.isWithin(out.path(), dep));
        return !made
                && !dep.contains("${")
                && !tree.exists(dep)
                && tracked.stream().noneMatch(file -> file.covers(dep) || RepositoryPath.isWithin(file.path(), dep));
    }

    private static boolean isProvided(String path, List<LabInput> inputs) {
        return inputs.stream()
                .anyMatch(input ->
                        RepositoryPath.isWithin(path, input.target()) || RepositoryPath.isWithin(input.target(), path));
    }

    private static DataFacts untracked(String dep, Stage stage, List<LabInput> inputs) {
        if (isProvided(dep, inputs)) {
            return new DataFacts(dep, "", -1, Presence.PROVIDED, "");
        }
        if (RepositoryPath.isElsewhere(dep) || dep.startsWith("..")) {
            boolean url = dep.contains("://");
            return new DataFacts(
                    dep,
                    "",
                    -1,
                    url ? Presence.REMOTE_UNREACHABLE : Presence.REMOTE_ELSEWHERE,
                    url
                            ? "stage " + stage.name() + " reads it from an address that cannot be reached while grading"
                            : "stage " + stage.name() + " reads it from a path outside the repository");
        }
        return new DataFacts(
                dep,
                "",
                -1,
                Presence.UNTRACKED,
                "stage " + stage.name()
                        + " needs it, but it is neither in Git nor tracked by DVC, and no stage makes it");
    }

    private DataFacts tracked(TrackedFile file, List<LabInput> inputs) {
        if (tree.exists(file.path())
                || (!file.md5().isEmpty() && stored.find(file).isPresent())) {
            return facts(file, Presence.PRESENT, "");
        }
        if (isProvided(file.path(), inputs)) {
            return facts(file, Presence.PROVIDED, "");
        }
        if (file.md5().isEmpty()) {
            return facts(file, Presence.NOT_PUSHED, file.tracker() + " records no content (md5) for it");
        }
        return remote.map(there -> at(file, there)).orElseGet(() -> withoutRemote(file));
    }

    private static DataFacts withoutRemote(TrackedFile file) {
        return file.origin().isEmpty()
                ? facts(
                        file,
                        Presence.NO_REMOTE,
                        "the repository names no DVC remote, so its content exists only on your machine")
                : facts(
                        file,
                        Presence.REMOTE_UNREACHABLE,
                        "it was imported from " + file.origin() + ", which cannot be reached while grading");
    }

    private static DataFacts at(TrackedFile file, DvcRemote there) {
        if (!there.folder().isEmpty()) {
            return facts(
                    file,
                    Presence.NOT_PUSHED,
                    "its content is not in the remote '" + there.name() + "' (" + there.folder()
                            + " in the repository)");
        }
        if (there.isElsewhere()) {
            return facts(
                    file,
                    Presence.REMOTE_ELSEWHERE,
                    "the DVC remote '" + there.name() + "' is a folder on one machine's disk (" + there.url() + ")");
        }
        return facts(
                file,
                Presence.REMOTE_UNREACHABLE,
                "the DVC remote '" + there.name() + "' is " + there.service() + ", which the grader cannot read ("
                        + there.url() + ")");
    }

    private static DataFacts facts(TrackedFile file, Presence presence, String reason) {
        return new DataFacts(file.path(), file.tracker(), file.size(), presence, reason);
    }

    /**
     * Copies what a cache or remote inside the repository holds to where it belongs in the clone.
     *
     * @return the paths that were put in place
     */
    public List<String> materialize() throws IOException {
        List<String> placed = new ArrayList<>();
        for (TrackedFile file : tracked) {
            if (!tree.exists(file.path())) {
                for (Map.Entry<String, String> each :
                        stored.find(file).orElse(Map.of()).entrySet()) {
                    if (hasPlace(each.getKey())) {
                        copy(each.getValue(), each.getKey());
                        placed.add(each.getKey());
                    }
                }
            }
        }
        return placed;
    }

    /** Whether a file can be put there: inside the repository, and neither on nor below a file. */
    private boolean hasPlace(String path) {
        if (!tree.isPath(path) || RepositoryPath.isElsewhere(path) || RepositoryPath.isWithin(path, ".git")) {
            return false;
        }
        for (String folder = RepositoryPath.parent(path); !folder.isEmpty(); folder = RepositoryPath.parent(folder)) {
            if (tree.exists(folder)) {
                return tree.isDirectory(folder) && !tree.exists(path);
            }
        }
        return !tree.exists(path);
    }

    private void copy(String from, String to) throws IOException {
        String folder = RepositoryPath.parent(to);
        Path target = tree.root().resolve(to);
        if (!folder.isEmpty()) {
            Files.createDirectories(tree.root().resolve(folder));
        }
        try (InputStream in = tree.stream(from)) {
            Files.copy(in, target);
        }
    }
}
