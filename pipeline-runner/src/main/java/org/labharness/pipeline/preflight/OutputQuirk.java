package org.labharness.pipeline.preflight;

import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.collect.dvc.Metrics;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
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
            boolean inGit = out.cached() && isInGit(view, out.path());
            if (inGit) {
                findings.accept(FindingCode.DVC_OUTPUT_IN_GIT.at(
                        stage.where(),
                        "The output " + out.path() + " of stage '" + stage.name()
                                + "' is kept by DVC and is also committed to Git; DVC then refuses to save it.",
                        "Take it out of Git (git rm -r --cached " + ShellWord.of(out.path())
                                + ") or write 'cache: false' under it in dvc.yaml; then: dvc repro."));
            }
        }
    }

    private static boolean isInGit(TreeView view, String path) {
        return view.files(path)
                .anyMatch(file -> !TreeView.name(file.path()).equals(".gitignore")
                        && !TreeView.name(file.path()).equals(".gitkeep"));
    }

    private static void params(TreeView view, Stage stage, Consumer<Finding> findings) {
        for (String file : new TreeSet<>(stage.params().keySet())) {
            if (!view.tree().exists(file)) {
                String other = file.replaceFirst("\\.yaml$", ".yml");
                boolean misnamed = !other.equals(file) && view.tree().isFile(other);
                findings.accept(FindingCode.DVC_PARAMS_MISSING.at(
                        stage.where(),
                        "Stage '" + stage.name() + "' reads parameters from " + file + ", which is not in Git"
                                + (misnamed ? "; there is a file " + other : "") + ".",
                        misnamed
                                ? "git mv " + ShellWord.of(other) + " " + ShellWord.of(file)
                                        + " && git commit, or name " + other + " under 'params:' in dvc.yaml."
                                : Unkept.orCommit(
                                        view,
                                        file,
                                        () -> "Commit the file: git add " + ShellWord.of(file) + " && git commit.")));
            }
        }
        names(view, stage, findings);
        for (String dep : stage.deps()) {
            if (TreeView.name(dep).matches("params\\.(?:ya?ml|json|toml)")) {
                findings.accept(FindingCode.DVC_PARAMS_AS_DEP.at(
                        stage.where(),
                        "Stage '" + stage.name() + "' names " + dep
                                + " under 'deps:', so any change in it runs the stage again, and DVC does not know the parameters.",
                        "List the parameters that the stage uses under 'params:' and take the file out of 'deps:'."));
            }
        }
    }

    /** DVC refuses to run a stage whose parameter is not there. */
    private static void names(TreeView view, Stage stage, Consumer<Finding> findings) {
        new TreeMap<>(stage.params()).forEach((file, names) -> {
            Optional<Doc> values = file.endsWith(".py")
                    ? Optional.empty()
                    : Documents.read(view.tree(), file).document();
            values.ifPresent(doc -> names.stream()
                    .filter(name -> !name.contains("${") && doc.at(name).isEmpty())
                    .limit(3)
                    .forEach(name -> findings.accept(FindingCode.DVC_PARAM_MISSING.at(
                            stage.where(),
                            "Stage '" + stage.name() + "' reads the parameter '" + name + "', which is not in " + file
                                    + "; DVC stops with an error.",
                            "Write it into " + file + ", or correct its name under 'params:' in dvc.yaml."))));
        });
    }

    private static void backslashes(Stage stage, Consumer<Finding> findings) {
        java.util.stream.Stream.concat(
                        stage.deps().stream(), stage.outs().stream().map(Output::path))
                .filter(path -> path.contains("\\"))
                .findFirst()
                .ifPresent(path -> findings.accept(FindingCode.DVC_BACKSLASH.at(
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
                                FindingCode.DVC_METRICS_UNDECLARED.at(
                                        Place.of(path),
                                        path
                                                + " looks like a file of metrics, but no stage declares it under 'metrics:', so 'dvc metrics show' shows nothing.",
                                        "In dvc.yaml, list it under 'metrics:' of the stage that writes it (with 'cache: false' if it is to stay in Git).")));
    }
}
