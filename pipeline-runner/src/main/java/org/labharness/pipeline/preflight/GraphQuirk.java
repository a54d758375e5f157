package org.labharness.pipeline.preflight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** What stages are together: outputs that two of them write, and circles. */
final class GraphQuirk implements Quirk {
    private static final int MOST = 500;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        List<Stage> stages = view.stages().limit(MOST).toList();
        Map<String, Stage> makers = new HashMap<>();
        for (Stage stage : stages) {
            for (Output out : stage.outs()) {
                Stage other = makers.putIfAbsent(out.path(), stage);
                if (other != null) {
                    findings.accept(twice(out.path(), other, stage));
                }
            }
        }
        stages.forEach(stage -> tracked(view, stage, findings));
        stages.forEach(stage -> commands(view, stage, findings));
        stages.stream()
                .filter(stage -> reachesItself(stage, makers))
                .findFirst()
                .ifPresent(stage -> findings.accept(FindingCode.DVC_CYCLE.at(
                        stage.where(),
                        "Stage '" + stage.name()
                                + "' needs, directly or through other stages, what it makes itself; DVC then runs nothing at all.",
                        "Let each stage write new files, and name under 'deps:' only what stages before it make.")));
    }

    /** Outputs that a {@code .dvc} file keeps as well. */
    private static void tracked(TreeView view, Stage stage, Consumer<Finding> findings) {
        for (Output out : stage.outs()) {
            view.data().stream()
                    .filter(data -> data.tracker().endsWith(".dvc"))
                    .filter(data -> Paths.isWithin(data.path(), out.path()) || Paths.isWithin(out.path(), data.path()))
                    .findFirst()
                    .ifPresent(data -> findings.accept(FindingCode.DVC_OUTPUT_TWICE.at(
                            stage.where(),
                            "The output " + out.path() + " of stage '" + stage.name() + "' is kept by " + data.tracker()
                                    + " as well; DVC then runs nothing at all.",
                            "The stage makes it, so it is no data of its own: dvc remove "
                                    + ShellWord.of(data.tracker()) + ", then dvc repro, and commit.")));
        }
    }

    private static void commands(TreeView view, Stage stage, Consumer<Finding> findings) {
        stage.deps().stream()
                .filter(dep -> stage.runs(dep) && !view.tree().exists(dep))
                .map(dep -> FindingCode.DVC_COMMAND_AS_DEP.at(
                        stage.where(),
                        "Stage '" + stage.name() + "' lists '" + dep
                                + "' under 'deps:'. That is the command, not a file: DVC looks for a file of that name, finds none and"
                                + " the stage fails.",
                        "Take the line '- " + dep
                                + "' out of dvc.yaml; under 'deps:' come the script and the data that it reads."))
                .forEach(findings);
    }

    private static Finding twice(String path, Stage first, Stage second) {
        boolean same = first.equals(second);
        return FindingCode.DVC_OUTPUT_TWICE.at(
                second.where(),
                "The output " + path + " is named by stage '" + first.name() + "' "
                        + (same ? "twice" : "and by stage '" + second.name() + "'")
                        + "; DVC then runs nothing at all.",
                "Name each output once: under 'outs:', 'metrics:' or 'plots:' of the one stage that writes it.");
    }

    private static boolean reachesItself(Stage start, Map<String, Stage> makers) {
        Deque<Stage> waiting = new ArrayDeque<>(List.of(start));
        Set<String> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            for (String dep : waiting.remove().deps()) {
                Stage maker = maker(dep, makers);
                if (maker != null && maker.equals(start)) {
                    return true;
                }
                if (maker != null && seen.add(maker.where() + maker.name())) {
                    waiting.add(maker);
                }
            }
        }
        return false;
    }

    /** Who makes a path or a folder around it. */
    private static @org.jspecify.annotations.Nullable Stage maker(String dep, Map<String, Stage> makers) {
        for (String path = dep; !path.isEmpty(); path = Paths.parent(path)) {
            Stage maker = makers.get(path);
            if (maker != null) {
                return maker;
            }
        }
        return null;
    }
}
