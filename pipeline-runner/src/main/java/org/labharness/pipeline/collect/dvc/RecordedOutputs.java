package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
    private final Map<String, Outputs> byStage = new HashMap<>();

    /** @param aside of this stage alone: two DVC repositories in one submission may declare the same path */
    private record Outputs(List<TrackedFile> files, Path aside) {
        static final Outputs NONE = new Outputs(List.of(), Path.of(""));
    }

    /** @param aside a folder on the tree's file system, where moving costs no time and no space; no container sees it, and it need not be there */
    public RecordedOutputs(Path tree, Path aside, List<PipelineFacts> pipelines) {
        this.tree = new TreeReader(tree);
        for (PipelineFacts pipeline : pipelines) {
            Doc recorded = Pipelines.recorded(this.tree, pipeline);
            for (PipelineFacts.Stage stage : pipeline.stages()) {
                List<TrackedFile> outs = TrackedFile.outputs(pipeline, stage, recorded);
                if (!stage.frozen()
                        && !outs.isEmpty()
                        && outs.size() == stage.outs().size()
                        && outs.stream().noneMatch(out -> out.md5().isEmpty())) {
                    byStage.put(pipeline.path(stage.name()), new Outputs(outs, aside.resolve("" + byStage.size())));
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
        Outputs outs = outputs(stage);
        for (TrackedFile out : outs.files()) {
            if (tree.exists(out.path())) {
                Path target = outs.aside().resolve(out.path());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.move(tree.root().resolve(out.path()), target);
            }
        }
    }

    /**
     * Puts a stage's outputs in place as they are recorded, instead of what its command has left of them.
     *
     * @return paths of all of them; empty where the content of any cannot be had, or the command has left no place for it
     */
    public List<String> place(String stage) throws IOException {
        Outputs outs = outputs(stage);
        ContentHash kept = new ContentHash(new TreeReader(outs.aside()));
        Placing placing = new Placing(tree);
        List<String> inGit = new ArrayList<>();
        for (TrackedFile out : outs.files()) {
            if (kept.endings(out.path(), out.md5()).isPresent()) {
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
        List<String> paths = outs.files().stream().map(TrackedFile::path).toList();
        for (String path : paths) {
            clear(path, outs.aside());
        }
        for (String path : inGit) {
            placing.move(outs.aside().resolve(path), path);
        }
        placing.place();
        return paths.stream().allMatch(tree::exists) ? paths : List.of();
    }

    /** Puts back what was taken out of the tree, where nothing has come into its place. */
    public void restore(String stage) throws IOException {
        Outputs outs = outputs(stage);
        for (TrackedFile out : outs.files()) {
            Path kept = outs.aside().resolve(out.path());
            if (Files.exists(kept, LinkOption.NOFOLLOW_LINKS) && !tree.exists(out.path())) {
                Files.move(kept, tree.root().resolve(out.path()));
            }
        }
    }

    private Outputs outputs(String stage) {
        return byStage.getOrDefault(stage, Outputs.NONE);
    }

    private void clear(String path, Path aside) throws IOException {
        if (tree.exists(path)) {
            Files.createDirectories(aside);
            Files.move(
                    tree.root().resolve(path),
                    Files.createTempDirectory(aside, ".unfinished").resolve("output"));
        }
    }
}
