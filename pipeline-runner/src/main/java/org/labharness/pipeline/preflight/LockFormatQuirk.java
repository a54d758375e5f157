package org.labharness.pipeline.preflight;

import java.util.Optional;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;

/** Locks that an older DVC wrote: it summed up text with Unix line endings, and marked no sum as such. */
final class LockFormatQuirk implements Quirk {
    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.pipelines().forEach(pipeline -> {
            String path = pipeline.path("dvc.lock");
            Documents.read(view.tree(), path, Form.YAML)
                    .document()
                    .filter(root -> root instanceof Mapping mapping
                            && !mapping.entries().isEmpty())
                    .flatMap(LockFormatQuirk::version)
                    .ifPresent(
                            version -> findings.accept(
                                    FindingCode.DVC_LOCK_OLD_FORMAT.at(
                                            Place.of(path),
                                            path + " was written by " + version
                                                    + ". It is understood and you lose no points.",
                                            version.equals("DVC 1")
                                                    ? "DVC 3 refuses to read it. With DVC 3 (pip install -U dvc): git rm dvc.lock, dvc repro, then commit dvc.lock."
                                                    : "With DVC 3 (pip install -U dvc) run: dvc repro && dvc commit -f, then commit dvc.lock.")));
        });
    }

    private static Optional<String> version(Doc root) {
        if (root.get("stages").isEmpty() && root.get("schema").isEmpty()) {
            return Optional.of("DVC 1");
        }
        for (Doc stage : root.mapping("stages").entries().values()) {
            for (String key : new String[] {"deps", "outs"}) {
                for (Doc entry : stage.get(key).map(Doc::items).orElse(java.util.List.of())) {
                    if (entry.get("md5").isPresent() && entry.get("hash").isEmpty()) {
                        return Optional.of("DVC 2");
                    }
                }
            }
        }
        return Optional.empty();
    }
}
