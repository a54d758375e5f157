package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.List;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;

/**
 * A file or folder that a {@code .dvc} file tracks.
 *
 * @param path relative to the repository
 * @param tracker the {@code .dvc} file
 * @param line of the entry in it
 * @param md5 empty where none is recorded; ends in {@code .dir} for a folder
 * @param size in bytes, -1 where not recorded
 * @param origin the URL or repository that it was imported from; empty where it was added
 */
record TrackedFile(String path, String tracker, int line, String md5, long size, String origin) {
    private static final int MOST = 1_000;

    static List<TrackedFile> readAll(TreeReader tree, List<String> paths) {
        List<TrackedFile> found = new ArrayList<>();
        paths.stream()
                .filter(path -> path.endsWith(".dvc") && !path.startsWith(".dvc/") && !path.contains("/.dvc/"))
                .limit(MOST)
                .forEach(path -> read(tree, path, found));
        return found;
    }

    private static void read(TreeReader tree, String tracker, List<TrackedFile> found) {
        Documents.read(tree, tracker, Form.YAML).document().ifPresent(root -> {
            String wdir = root.get("wdir").flatMap(Doc::string).orElse(".");
            String folder = RepositoryPath.join(RepositoryPath.parent(tracker), wdir);
            String origin = root.get("deps").map(Doc::items).orElse(List.of()).stream()
                    .findFirst()
                    .map(TrackedFile::origin)
                    .orElse("");
            for (Doc out : root.get("outs").map(Doc::items).orElse(List.of())) {
                out.get("path")
                        .flatMap(Doc::string)
                        .ifPresent(path -> found.add(new TrackedFile(
                                RepositoryPath.join(folder, path),
                                tracker,
                                out.line(),
                                out.get("md5").flatMap(Doc::string).orElse(""),
                                size(out),
                                origin)));
            }
        });
    }

    private static String origin(Doc dep) {
        return dep.mapping("repo")
                .get("url")
                .or(() -> dep.get("path"))
                .flatMap(Doc::string)
                .orElse("");
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
