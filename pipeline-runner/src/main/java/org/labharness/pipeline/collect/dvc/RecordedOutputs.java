package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.labharness.pipeline.collect.dvc.StoredContent.Stored;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;

/**
 * What stages once made, where the submission holds it with the content that dvc.lock records: in Git, or in a cache or remote inside
 * the repository. The locks are read once, before any code of the student's has run; what is put in place has their sums.
 */
public final class RecordedOutputs {
    private final TreeReader tree;
    /** On the file system of the tree, where no container sees it: what is moved there costs no time and no space. */
    private final Path aside;

    private final TreeReader kept;
    private final Map<String, List<TrackedFile>> byStage = new HashMap<>();
    private int unfinished;

    /** @param aside a folder on the tree's file system, which need not be there */
    public RecordedOutputs(Path tree, Path aside, List<PipelineFacts> pipelines) {
        this.tree = new TreeReader(tree);
        this.aside = aside;
        this.kept = new TreeReader(aside);
        for (PipelineFacts pipeline : pipelines) {
            Doc recorded = Pipelines.recorded(this.tree, pipeline);
            for (PipelineFacts.Stage stage : pipeline.stages()) {
                List<TrackedFile> outs = TrackedFile.outputs(pipeline, stage, recorded);
                if (!stage.frozen()
                        && !outs.isEmpty()
                        && outs.size() == stage.outs().size()
                        && outs.stream().noneMatch(out -> out.md5().isEmpty())) {
                    byStage.put(pipeline.path(stage.name()), outs);
                }
            }
        }
    }

    /**
     * Takes what the commit holds of a stage's outputs out of the tree, before they are made anew.
     *
     * @param stage full name
     */
    public void keep(String stage) throws IOException {
        for (TrackedFile out : outputs(stage)) {
            if (tree.exists(out.path())) {
                Path target = aside.resolve(out.path());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.move(tree.root().resolve(out.path()), target);
            }
        }
    }

    /**
     * Puts a stage's outputs in place as they are recorded, instead of what its command has left of them.
     *
     * @return paths of all of them; empty, and nothing is done, where the content of any cannot be had
     */
    public List<String> place(String stage) throws IOException {
        List<TrackedFile> outs = outputs(stage);
        Placing placing = new Placing(tree);
        List<String> inGit = new ArrayList<>();
        for (TrackedFile out : outs) {
            if (new ContentHash(kept).endings(out.path(), out.md5()).isPresent()) {
                inGit.add(out.path());
                continue;
            }
            Optional<Map<String, Stored>> stored = DvcRoot.of(
                            tree, DvcRoot.folderOf(tree, out.tracker()), Optional.empty())
                    .stored()
                    .find(out);
            if (stored.isEmpty()) {
                return List.of();
            }
            placing.add(stored.get());
        }
        for (TrackedFile out : outs) {
            clear(out.path());
        }
        for (String path : inGit) {
            placing.move(aside.resolve(path), path);
        }
        placing.place();
        return outs.stream().map(TrackedFile::path).toList();
    }

    private List<TrackedFile> outputs(String stage) {
        return byStage.getOrDefault(stage, List.of());
    }

    private void clear(String path) throws IOException {
        if (tree.exists(path)) {
            Files.createDirectories(aside);
            Files.move(tree.root().resolve(path), aside.resolve(".unfinished-" + unfinished++));
        }
    }
}
