package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.TreeReader;

/** The values that templates of a dvc.yaml may use: {@code vars} and, as DVC does by itself, params.yaml. */
final class Variables {
    private Variables() {}

    static List<Doc> of(TreeReader tree, String directory, Doc root) {
        List<Doc> scopes = new ArrayList<>();
        for (Doc item : root.get("vars").map(Doc::items).orElse(List.of())) {
            if (item instanceof Mapping) {
                scopes.add(item);
            } else {
                item.string()
                        .ifPresent(file -> ParamsFile.read(tree, RepositoryPath.join(directory, file.split(":", 2)[0]))
                                .ifPresent(scopes::add));
            }
        }
        ParamsFile.read(tree, RepositoryPath.join(directory, StageReader.DEFAULT_PARAMS))
                .ifPresent(scopes::add);
        return scopes;
    }

    /** Mappings under a stage's own {@code vars}, as one. */
    static Doc inline(Doc stage) {
        Map<String, Doc> values = new LinkedHashMap<>();
        for (Doc item : stage.get("vars").map(Doc::items).orElse(List.of())) {
            if (item instanceof Mapping mapping) {
                values.putAll(mapping.entries());
            }
        }
        return new Mapping(values, Map.of(), stage.line());
    }
}
