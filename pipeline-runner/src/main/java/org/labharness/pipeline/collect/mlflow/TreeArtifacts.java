package org.labharness.pipeline.collect.mlflow;

import java.util.List;
import org.labharness.pipeline.document.Documents;

/**
 * Artifacts of runs that lie in the tree: a store's own, and those of runs on the server whose experiment keeps its artifacts in a
 * folder of the submission. Looks whether the models among them are whole.
 */
final class TreeArtifacts {
    private final TreeStores stores;

    TreeArtifacts(TreeStores stores) {
        this.stores = stores;
    }

    void add(StoreDraft draft) {
        for (RunDraft run : draft.runs()) {
            List<String> files = stores.artifacts(run.id);
            run.artifacts(files);
            for (String file : files) {
                if (file.endsWith("/" + ModelFiles.NAME)) {
                    check(draft, run, file.substring(0, file.lastIndexOf('/')), run.id, file);
                }
            }
        }
        draft.loggedModels()
                .forEach((id, model) -> draft.run(model.runId()).ifPresent(run -> {
                    run.modelFiles(model.name(), stores.artifacts(id));
                    check(draft, run, model.name(), id, ModelFiles.NAME);
                }));
    }

    /**
     * @param id of the run or logged model in whose folder of artifacts the description lies
     * @param path of the description, from there
     */
    private void check(StoreDraft draft, RunDraft run, String model, String id, String path) {
        if (draft.allowance().timeUp()) {
            draft.unread(draft.allowance().timeUpWords());
            return;
        }
        String folder = path.substring(0, path.length() - ModelFiles.NAME.length());
        List<String> files = stores.artifacts(id).stream()
                .filter(file -> file.startsWith(folder))
                .map(file -> file.substring(folder.length()))
                .toList();
        stores.artifactFolder(id)
                .flatMap(place -> Documents.read(stores.tree(), place + path, Documents.Form.YAML)
                        .document())
                .flatMap(description -> ModelFiles.missing(description, files))
                .ifPresent(missing -> draft.incomplete(run, model, missing));
    }
}
