package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Work that is in notebooks only. */
final class NotebookQuirk {
    private NotebookQuirk() {}

    static List<String> notebooks(TreeView view) {
        return view.files().stream()
                .map(TreeFile::path)
                .filter(path -> path.endsWith(".ipynb") && !TreeView.isForeign(path))
                .toList();
    }

    static void only(TreeView view, Consumer<Finding> findings) {
        List<String> notebooks = notebooks(view);
        findings.accept(FindingCode.REPO_NOTEBOOKS_ONLY.at(
                Place.of(notebooks.getFirst()),
                "The work is in notebooks only (" + notebooks.getFirst()
                        + (notebooks.size() > 1 ? " and " + (notebooks.size() - 1) + " more" : "")
                        + "): there is no script, dvc.yaml or MLproject, so nothing can be run by itself.",
                "Turn it into a script (jupyter nbconvert --to script " + notebooks.getFirst()
                        + ") and describe the steps in dvc.yaml or MLproject."));
    }
}
