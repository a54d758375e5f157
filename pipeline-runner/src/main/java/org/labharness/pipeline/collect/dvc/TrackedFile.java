package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;

/**
 * A file or folder that a {@code .dvc} file tracks.
 *
 * @param path relative to the repository
 * @param tracker the {@code .dvc} file
 * @param line of the entry in it
 * @param md5 empty where none is recorded; ends in {@code .dir} for a folder
 * @param size in bytes, -1 where not recorded
 * @param origin the address that it was imported from; empty where it was added
 * @param git the file of another repository that it was imported from
 * @param remote the one that the entry names for its content; empty for the default one
 */
record TrackedFile(
        String path,
        String tracker,
        int line,
        String md5,
        long size,
        String origin,
        Optional<GitSource> git,
        String remote) {
    private static final int MOST = 1_000;
    /** Honest ones have a few hundred bytes. */
    private static final int LARGEST = 256 << 10;

    private static final long MOST_PARSED = 4L << 20;

    static List<TrackedFile> readAll(TreeReader tree, List<String> paths) {
        List<TrackedFile> found = new ArrayList<>();
        Budget budget = new Budget(MOST_PARSED);
        paths.stream()
                .filter(path -> path.endsWith(".dvc") && !path.startsWith(".dvc/") && !path.contains("/.dvc/"))
                .limit(MOST)
                .filter(path -> tree.size(path) <= LARGEST && budget.take(tree.size(path)))
                .forEach(path -> read(tree, path, found));
        return found;
    }

    /** Those, and outputs of frozen stages, which DVC would take from a remote because it runs nothing for them. */
    static List<TrackedFile> withFrozen(TreeReader tree, List<String> paths, List<PipelineFacts> pipelines) {
        List<TrackedFile> found = new ArrayList<>(readAll(tree, paths));
        for (PipelineFacts pipeline : pipelines) {
            Doc recorded = Pipelines.recorded(tree, pipeline);
            for (PipelineFacts.Stage stage : pipeline.stages()) {
                if (stage.frozen() && found.size() < MOST) {
                    found.addAll(outputs(pipeline, stage, recorded));
                }
            }
        }
        return found;
    }

    /** @param recorded the stages of the pipeline's lock */
    static List<TrackedFile> outputs(PipelineFacts pipeline, PipelineFacts.Stage stage, Doc recorded) {
        String lock = pipeline.path(Pipelines.LOCK);
        return recorded.get(stage.name()).flatMap(entry -> entry.get("outs")).map(Doc::items).orElse(List.of()).stream()
                .flatMap(out -> output(stage, lock, out).stream())
                .toList();
    }

    private static Optional<TrackedFile> output(PipelineFacts.Stage stage, String lock, Doc out) {
        return out.get("path")
                .flatMap(Doc::string)
                .map(path -> RepositoryPath.join(stage.workingDirectory(), path))
                .filter(path -> stage.outs().stream()
                        .anyMatch(declared -> declared.path().equals(path)))
                .map(path -> new TrackedFile(
                        path,
                        lock,
                        out.line(),
                        out.get("md5").flatMap(Doc::string).orElse(""),
                        size(out),
                        "",
                        Optional.empty(),
                        ""));
    }

    private static void read(TreeReader tree, String tracker, List<TrackedFile> found) {
        Documents.read(tree, tracker, Form.YAML).document().ifPresent(root -> found.addAll(of(root, tracker)));
    }

    /** What the document of a {@code .dvc} file tracks. */
    static List<TrackedFile> of(Doc root, String tracker) {
        // With a command it is a stage as DVC before 1.0 wrote it, which DVC of today refuses.
        if (root.get("cmd").isPresent()) {
            return List.of();
        }
        List<TrackedFile> found = new ArrayList<>();
        String wdir = root.get("wdir").flatMap(Doc::string).orElse(".");
        String folder = RepositoryPath.join(RepositoryPath.parent(tracker), wdir);
        Optional<Doc> dep =
                root.get("deps").map(Doc::items).orElse(List.of()).stream().findFirst();
        Optional<GitSource> git = dep.flatMap(TrackedFile::git);
        for (Doc out : root.get("outs").map(Doc::items).orElse(List.of()).stream()
                .limit(MOST)
                .toList()) {
            out.get("path")
                    .flatMap(Doc::string)
                    .ifPresent(path -> found.add(new TrackedFile(
                            RepositoryPath.join(folder, path),
                            tracker,
                            out.line(),
                            out.get("md5").flatMap(Doc::string).orElse(""),
                            size(out),
                            git.isPresent()
                                    ? ""
                                    : dep.map(one -> text(one, "path")).orElse(""),
                            git,
                            out.get("remote").flatMap(Doc::string).orElse(""))));
        }
        return found;
    }

    private static Optional<GitSource> git(Doc dep) {
        return dep.get("repo").map(repo -> new GitSource(text(repo, "url"), text(repo, "rev_lock"), text(dep, "path")));
    }

    private static String text(Doc doc, String key) {
        return doc.get(key).flatMap(Doc::string).orElse("");
    }

    static long size(Doc entry) {
        return entry.get("size")
                .flatMap(Doc::string)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    /** Whether a path is this or lies in it. */
    boolean covers(String other) {
        return RepositoryPath.isWithin(other, path);
    }
}
