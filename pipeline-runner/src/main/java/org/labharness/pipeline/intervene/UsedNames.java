package org.labharness.pipeline.intervene;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;

/**
 * Names of params that a stage uses.
 *
 * @param names in the file; the whole file where there are none
 * @param stage its number, from 1, counted over all pipelines
 */
record UsedNames(String file, List<String> names, int stage) {
    private static final Pattern TEMPLATE = Pattern.compile("\\$\\{\\s*([\\w.-]{1,200})\\s*}");

    UsedNames {
        names = List.copyOf(names);
    }

    /** What stages name under params. */
    static List<UsedNames> declared(List<PipelineFacts> pipelines) {
        return ofStages(
                pipelines,
                (stage, number) -> stage.params().entrySet().stream()
                        .map(file -> new UsedNames(file.getKey(), file.getValue(), number)));
    }

    /** What stands as <code>${train.rate}</code> in commands; DVC runs a stage again when its command changes. */
    static List<UsedNames> inTemplates(List<PipelineFacts> pipelines, TreeReader tree) {
        List<UsedNames> used = new ArrayList<>();
        int number = 0;
        for (PipelineFacts pipeline : pipelines) {
            Doc root = root(pipeline, tree);
            List<String> files = new ArrayList<>(List.of(pipeline.path("params.yaml")));
            files.addAll(variables(pipeline, root));
            for (Doc stage : root.mapping("stages").entries().values()) {
                number++;
                List<String> names = templates(stage);
                for (String file : names.isEmpty() ? List.<String>of() : files) {
                    used.add(new UsedNames(file, names, number));
                }
            }
        }
        return used;
    }

    /** Files of configuration that stages depend on as a whole. */
    static List<UsedNames> inDependencies(List<PipelineFacts> pipelines, List<String> configuration) {
        return ofStages(
                pipelines,
                (stage, number) -> stage.deps().stream()
                        .filter(configuration::contains)
                        .map(dep -> new UsedNames(dep, List.of(), number)));
    }

    private static List<UsedNames> ofStages(
            List<PipelineFacts> pipelines, BiFunction<PipelineFacts.Stage, Integer, Stream<UsedNames>> uses) {
        List<UsedNames> used = new ArrayList<>();
        int number = 0;
        for (PipelineFacts pipeline : pipelines) {
            for (PipelineFacts.Stage stage : pipeline.stages()) {
                number++;
                uses.apply(stage, number).forEach(used::add);
            }
        }
        return used;
    }

    /** Files under {@code vars} at the top of dvc.yaml. */
    static List<String> variables(PipelineFacts pipeline, TreeReader tree) {
        return variables(pipeline, root(pipeline, tree));
    }

    private static List<String> variables(PipelineFacts pipeline, Doc root) {
        return root.get("vars").map(Doc::items).orElse(List.of()).stream()
                .flatMap(item -> item.string().stream())
                .map(item -> pipeline.path(item.split(":", 2)[0]))
                .toList();
    }

    private static Doc root(PipelineFacts pipeline, TreeReader tree) {
        return Documents.read(tree, pipeline.path("dvc.yaml"), Form.YAML)
                .document()
                .orElse(Doc.Mapping.empty());
    }

    private static List<String> templates(Doc stage) {
        List<String> names = new ArrayList<>();
        Doc body = stage.get("do").orElse(stage);
        for (Doc command : body.get("cmd").map(Doc::items).orElse(List.of())) {
            Matcher template = TEMPLATE.matcher(command.string().orElse(""));
            while (template.find()) {
                names.add(template.group(1));
            }
        }
        return names;
    }
}
