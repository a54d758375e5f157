package org.labharness.pipeline.intervene;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;

/** In which files values of a pipeline's configuration stand; models and data of the same form are none of them. */
final class ParamsFiles {
    /** Bytes; who writes configuration writes no more. */
    private static final long LARGEST = 64L << 10;

    private final List<PipelineFacts> pipelines;
    private final TreeReader tree;

    ParamsFiles(List<PipelineFacts> pipelines, TreeReader tree) {
        this.pipelines = List.copyOf(pipelines);
        this.tree = tree;
    }

    /** Params files that stages declare, then those that DVC would look for by itself, then configuration under deps. */
    List<String> all() {
        Set<String> files = new LinkedHashSet<>();
        pipelines.forEach(pipeline -> pipeline.stages()
                .forEach(stage -> stage.params().keySet().stream().sorted().forEach(files::add)));
        pipelines.forEach(pipeline -> files.add(pipeline.path("params.yaml")));
        files.add("params.yaml");
        pipelines.forEach(pipeline -> files.addAll(UsedNames.variables(pipeline, tree)));
        files.addAll(dependencies());
        return List.copyOf(files);
    }

    /** Files of configuration that stages name under deps. */
    List<String> dependencies() {
        return pipelines.stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .flatMap(stage -> stage.deps().stream())
                .distinct()
                .filter(this::isConfiguration)
                .toList();
    }

    private boolean isConfiguration(String path) {
        return path.matches("(?i).+\\.(?:ya?ml|json|toml|ini|cfg)")
                && tree.isFile(path)
                && tree.size(path) <= LARGEST
                && !tree.isFile(path + ".dvc")
                && !isOutput(path)
                && Documents.read(tree, path).document().orElse(null) instanceof Doc.Mapping;
    }

    private boolean isOutput(String path) {
        return pipelines.stream()
                .flatMap(pipeline -> pipeline.outputs(stage -> true))
                .anyMatch(output -> path.equals(output) || path.startsWith(output + "/"));
    }
}
