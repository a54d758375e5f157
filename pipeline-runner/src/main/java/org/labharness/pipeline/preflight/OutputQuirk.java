package org.labharness.pipeline.preflight;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.collect.dvc.Metrics;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** What stages declare: outputs, metrics, params files and paths. */
final class OutputQuirk implements Quirk {
    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.stages().forEach(stage -> {
            outputs(view, stage, findings);
            params(view, stage, findings);
            backslashes(stage, findings);
        });
        metrics(view, findings);
    }

    private static void outputs(TreeView view, Stage stage, Consumer<Finding> findings) {
        for (Output out : stage.outs()) {
            boolean inGit = view.files().stream()
                    .map(TreeFile::path)
                    .filter(path -> !TreeView.name(path).equals(".gitignore")
                            && !TreeView.name(path).equals(".gitkeep"))
                    .anyMatch(path -> path.equals(out.path()) || path.startsWith(out.path() + "/"));
            if (out.cached() && inGit) {
                findings.accept(new Finding(
                        "dvc.output-in-git",
                        Severity.BLOCKS,
                        stage.where(),
                        "The output " + out.path() + " of stage '" + stage.name()
                                + "' is kept by DVC and is also committed to Git; DVC then refuses to save it.",
                        "Take it out of Git (git rm -r --cached " + out.path()
                                + ") or write 'cache: false' under it in dvc.yaml; then: dvc repro."));
            }
        }
    }

    private static void params(TreeView view, Stage stage, Consumer<Finding> findings) {
        for (String file : new TreeSet<>(stage.params().keySet())) {
            if (!view.tree().exists(file)) {
                findings.accept(new Finding(
                        "dvc.params-missing",
                        Severity.BLOCKS,
                        stage.where(),
                        "Stage '" + stage.name() + "' reads parameters from " + file + ", which is not in Git.",
                        "Commit the file: git add " + file + " && git commit."));
            }
        }
        for (String dep : stage.deps()) {
            if (TreeView.name(dep).equals("params.yaml") && stage.params().isEmpty()) {
                findings.accept(new Finding(
                        "dvc.params-as-dep",
                        Severity.COSTS_POINTS,
                        stage.where(),
                        "Stage '" + stage.name() + "' names " + dep
                                + " under 'deps:', so any change in it runs the stage again, and DVC does not know the parameters.",
                        "List the parameters that the stage uses under 'params:' and take the file out of 'deps:'."));
            }
        }
    }

    private static void backslashes(Stage stage, Consumer<Finding> findings) {
        java.util.stream.Stream.concat(
                        stage.deps().stream(), stage.outs().stream().map(Output::path))
                .filter(path -> path.contains("\\"))
                .findFirst()
                .ifPresent(path -> findings.accept(new Finding(
                        "dvc.backslash",
                        Severity.BLOCKS,
                        stage.where(),
                        "Stage '" + stage.name() + "' writes the path '" + path
                                + "' with backslashes, which only Windows understands.",
                        "Use forward slashes in dvc.yaml: they work on every system.")));
    }

    private static void metrics(TreeView view, Consumer<Finding> findings) {
        if (view.pipelines().isEmpty()) {
            return;
        }
        Set<String> outs = view.stages()
                .flatMap(stage -> stage.outs().stream())
                .map(Output::path)
                .collect(Collectors.toSet());
        Set<String> declared = view.out().tree().files().stream()
                .map(TreeFile::path)
                .filter(path -> Metrics.looksLikeMetrics(path) && !TreeView.isForeign(path))
                .collect(Collectors.toSet());
        declared.addAll(outs.stream().filter(Metrics::looksLikeMetrics).toList());
        Set<String> known = Metrics.declared(view.tree(), view.pipelines());
        declared.stream()
                .filter(path -> !known.contains(path))
                .sorted()
                .limit(5)
                .forEach(
                        path -> findings.accept(
                                new Finding(
                                        "dvc.metrics-undeclared",
                                        Severity.COSTS_POINTS,
                                        Place.of(path),
                                        path
                                                + " looks like a file of metrics, but no stage declares it under 'metrics:', so 'dvc metrics show' shows nothing.",
                                        "In dvc.yaml, list it under 'metrics:' of the stage that writes it (with 'cache: false' if it is to stay in Git).")));
    }
}
