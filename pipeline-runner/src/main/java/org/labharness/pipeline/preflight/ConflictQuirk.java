package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.MergeConflict;

/** Files that a merge has left with Git's own lines in them, so that nothing can read them. What pipelines read is told with the pipeline as well. */
final class ConflictQuirk implements Quirk {
    private static final int SHOWN = 10;
    private static final List<String> ENDS = List.of(".yaml", ".yml", ".json", ".toml", ".dvc", ".ipynb");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.texts().entrySet().stream()
                .flatMap(text -> MergeConflict.in(text.getValue().content())
                        .filter(conflict -> isBroken(view, text.getKey()))
                        .map(conflict -> finding(text.getKey(), conflict))
                        .stream())
                .limit(SHOWN)
                .forEach(findings);
    }

    private static boolean isBroken(TreeView view, String path) {
        return path.endsWith(".py")
                ? view.python(path).filter(file -> file.module().isEmpty()).isPresent()
                : ENDS.stream().anyMatch(path::endsWith)
                        && Documents.read(view.tree(), path, form(path))
                                .document()
                                .isEmpty();
    }

    private static Documents.Form form(String path) {
        return path.endsWith(".ipynb") ? Documents.Form.JSON : Documents.Form.of(path);
    }

    private static Finding finding(String path, MergeConflict conflict) {
        Place where = new Place(path, conflict.line());
        return FindingCode.REPO_MERGE_CONFLICT.at(
                where,
                where + " is left over from a merge conflict (" + conflict.shown() + "), so nothing can read the file.",
                "Settle it: keep the lines that are right, take out those that begin with <<<<<<<, ======= and >>>>>>>, and commit the file.");
    }
}
