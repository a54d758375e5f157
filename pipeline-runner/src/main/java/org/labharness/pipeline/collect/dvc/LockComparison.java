package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.document.Parsed.Read;
import org.labharness.pipeline.document.Parsed.Unreadable;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.LockFacts;
import org.labharness.pipeline.evidence.LockFacts.Difference;
import org.labharness.pipeline.evidence.LockFacts.Kind;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Compares locks with what is declared and committed, as {@code dvc status} would on the student's machine. */
final class LockComparison {
    private final TreeReader tree;
    private final ContentHash hashes;
    private final List<PipelineFacts> pipelines;
    private final List<TrackedFile> tracked;
    /** The lock's entry for each output of a stage, by path. */
    private final Map<String, Doc> made = new HashMap<>();

    private final Map<String, Parsed> locks = new HashMap<>();

    LockComparison(TreeReader tree, List<PipelineFacts> pipelines, List<TrackedFile> tracked) {
        this.tree = tree;
        this.hashes = new ContentHash(tree);
        this.pipelines = pipelines;
        this.tracked = tracked;
        for (PipelineFacts pipeline : pipelines) {
            String path = pipeline.path(Pipelines.LOCK);
            if (!tree.exists(path)) {
                continue;
            }
            Parsed parsed = Documents.read(tree, path, Form.YAML);
            locks.put(pipeline.directory(), parsed);
            parsed.document().ifPresent(root -> collectMade(pipeline, stagesOf(root)));
        }
    }

    private void collectMade(PipelineFacts pipeline, Mapping recorded) {
        for (Stage stage : pipeline.stages()) {
            recorded.get(stage.name())
                    .map(entry -> entries(entry, "outs", stage.workingDirectory()))
                    .ifPresent(outs -> outs.forEach((path, out) -> made.put(tree.followed(path), out)));
        }
    }

    PipelineFacts compare(PipelineFacts pipeline) {
        Parsed parsed = locks.get(pipeline.directory());
        if (parsed == null) {
            return pipeline;
        }
        LockFacts lock = switch (parsed) {
            case Unreadable unreadable -> new LockFacts(List.of(), List.of(), unreadable.sentence());
            case Read read -> compare(pipeline, stagesOf(read.root()));
        };
        return new PipelineFacts(pipeline.directory(), pipeline.stages(), lock, pipeline.problem());
    }

    /** Locks of DVC 1 have the stages at the top. */
    private static Mapping stagesOf(Doc root) {
        boolean old = root.get("schema").isEmpty() && root.get("stages").isEmpty();
        return old && root instanceof Mapping mapping ? mapping : root.mapping("stages");
    }

    private LockFacts compare(PipelineFacts pipeline, Mapping recorded) {
        List<Difference> differences = new ArrayList<>();
        String path = pipeline.path(Pipelines.LOCK);
        for (Stage stage : pipeline.stages()) {
            Optional<Doc> entry = recorded.get(stage.name());
            if (entry.isEmpty()) {
                differences.add(new Difference(
                        stage.name(),
                        Kind.STAGE_MISSING,
                        stage.name(),
                        Difference.NOT_RECORDED,
                        "in dvc.yaml",
                        true,
                        stage.where()));
            } else {
                Place place = new Place(path, recorded.lineOf(stage.name()));
                new StageComparison(this, stage, entry.get(), place, differences).compare();
            }
        }
        for (String name : recorded.entries().keySet()) {
            if (pipeline.stages().stream().noneMatch(stage -> stage.name().equals(name))
                    && pipeline.problem() == null) {
                Place place = new Place(path, recorded.lineOf(name));
                differences.add(new Difference(
                        name, Kind.STAGE_EXTRA, name, "in dvc.lock", Difference.NOT_DECLARED, false, place));
            }
        }
        return new LockFacts(List.copyOf(recorded.entries().keySet()), differences, null);
    }

    /** Entries under {@code deps} or {@code outs} of a recorded stage by their path relative to the repository. */
    static Map<String, Doc> entries(Doc stage, String key, String folder) {
        Map<String, Doc> found = new java.util.LinkedHashMap<>();
        for (Doc entry : stage.get(key).map(Doc::items).orElse(List.of())) {
            entry.get("path")
                    .flatMap(Doc::string)
                    .ifPresent(path -> found.put(RepositoryPath.join(folder, path), entry));
        }
        return found;
    }

    TreeReader tree() {
        return tree;
    }

    ContentHash hashes() {
        return hashes;
    }

    /** What the lock says of an output of any stage. */
    Optional<Doc> made(String path) {
        return Optional.ofNullable(made.get(tree.followed(path)));
    }

    /** Whether a stage declares the path, a folder around it or something in it as an output. */
    boolean isMade(String named) {
        String path = tree.followed(named);
        return pipelines.stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .flatMap(stage -> stage.outs().stream())
                .anyMatch(
                        out -> RepositoryPath.isWithin(path, out.path()) || RepositoryPath.isWithin(out.path(), path));
    }

    Optional<TrackedFile> tracked(String named) {
        String path = tree.followed(named);
        return tracked.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
