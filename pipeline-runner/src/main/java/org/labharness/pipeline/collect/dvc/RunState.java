package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;

/**
 * What a run left: the inputs and outputs of every stage as dvc.lock records them, and the content of other paths. Two of them tell what a
 * change has changed.
 */
public final class RunState {
    private final Map<String, Map<String, Doc>> inputs;
    private final Map<String, String> contents;

    private RunState(Map<String, Map<String, Doc>> inputs, Map<String, String> contents) {
        this.inputs = inputs;
        this.contents = contents;
    }

    /**
     * Reads it.
     *
     * @param paths whose content is looked at beside the outputs of stages
     */
    public static RunState of(TreeReader tree, List<PipelineFacts> pipelines, Collection<String> paths) {
        Map<String, Map<String, Doc>> inputs = new TreeMap<>();
        Map<String, String> contents = new TreeMap<>();
        for (PipelineFacts pipeline : pipelines) {
            Doc recorded = Pipelines.recorded(tree, pipeline);
            for (PipelineFacts.Stage stage : pipeline.stages()) {
                recorded.get(stage.name())
                        .ifPresent(entry -> inputs.put(pipeline.path(stage.name()), inputs(entry, stage)));
                TrackedFile.outputs(pipeline, stage, recorded).forEach(out -> contents.put(out.path(), out.md5()));
            }
        }
        ContentHash hash = new ContentHash(tree);
        for (String path : paths) {
            hash.of(path, LineEndings.AS_THEY_ARE)
                    .ifPresentOrElse(sum -> contents.put(path, sum), () -> contents.remove(path));
        }
        return new RunState(inputs, contents);
    }

    private static Map<String, Doc> inputs(Doc entry, PipelineFacts.Stage stage) {
        Map<String, Doc> all = new HashMap<>();
        entry.get("cmd").ifPresent(command -> all.put("cmd", command));
        entry.mapping("params").entries().values().forEach(file -> {
            if (file instanceof Doc.Mapping values) {
                all.putAll(values.entries());
            }
        });
        LockComparison.entries(entry, "deps", stage.workingDirectory())
                .forEach((path, dep) -> dep.get("md5").ifPresent(sum -> all.put(path, sum)));
        return all;
    }

    /** Inputs that differ, sorted, by the stages' full names; stages without any are left out. */
    public Map<String, List<String>> changedInputs(RunState before) {
        Map<String, List<String>> changed = new TreeMap<>();
        inputs.forEach((stage, now) -> {
            Map<String, Doc> then = before.inputs.getOrDefault(stage, Map.of());
            TreeSet<String> names = new TreeSet<>(now.keySet());
            names.addAll(then.keySet());
            names.removeIf(name -> {
                Doc is = now.get(name);
                Doc was = then.get(name);
                return is != null && was != null && is.sameValue(was);
            });
            if (!names.isEmpty()) {
                changed.put(stage, new ArrayList<>(names));
            }
        });
        return changed;
    }

    /** Those of some paths that are neither there nor recorded. */
    public List<String> absent(Collection<String> paths) {
        return paths.stream().filter(path -> !contents.containsKey(path)).toList();
    }

    /** Paths whose content differs, or is there in one of the two only; sorted. */
    public List<String> changedOutputs(RunState before) {
        TreeSet<String> paths = new TreeSet<>(contents.keySet());
        paths.addAll(before.contents.keySet());
        paths.removeIf(path -> contents.getOrDefault(path, "").equals(before.contents.getOrDefault(path, "")));
        return List.copyOf(paths);
    }
}
