package org.labharness.pipeline.preflight;

import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Whether there is a pipeline that DVC can find and read. */
final class DvcLayoutQuirk implements Quirk {
    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        if (view.pipelines().isEmpty()) {
            noPipeline(view, findings);
            return;
        }
        if (view.pipelines().stream().noneMatch(pipeline -> pipeline.directory().isEmpty())) {
            String path = view.pipelines().getFirst().path("dvc.yaml");
            findings.accept(new Finding(
                    "dvc.only-in-subfolder",
                    Severity.ADVICE,
                    Place.of(path),
                    "dvc.yaml lies in a subfolder (" + path + "), not at the top of the repository.",
                    "This works if paths in it are relative to that folder; 'dvc repro' must be run there."));
        }
        if (!view.tree().isDirectory(".dvc")) {
            findings.accept(new Finding(
                    "dvc.no-dvc-folder",
                    Severity.COSTS_POINTS,
                    null,
                    "The folder .dvc is not in Git, so in a fresh clone every dvc command says 'you are not inside of a DVC repository'.",
                    "Run 'dvc init' once, then: git add .dvc && git commit."));
        }
        view.pipelines().forEach(pipeline -> unreadable(pipeline, findings));
    }

    private static void noPipeline(TreeView view, Consumer<Finding> findings) {
        if (view.usesDvc()) {
            findings.accept(
                    new Finding(
                            "dvc.no-pipeline",
                            Severity.BLOCKS,
                            null,
                            "The repository uses DVC, but no dvc.yaml is in Git: there is no pipeline to run.",
                            "Describe the steps as stages in dvc.yaml (dvc stage add ...), then: git add dvc.yaml dvc.lock && git commit."));
        } else if (view.mlproject().isEmpty()) {
            findings.accept(new Finding(
                    "repo.nothing-to-run",
                    Severity.BLOCKS,
                    null,
                    "The repository holds neither a dvc.yaml nor an MLproject file, so there is nothing that can be run by itself.",
                    "Add the pipeline (dvc init, dvc stage add ...) or an MLproject file, and commit it. If it is on another branch,"
                            + " hand in that branch."));
        }
    }

    private static void unreadable(PipelineFacts pipeline, Consumer<Finding> findings) {
        String problem = pipeline.problem();
        if (problem == null) {
            return;
        }
        String path = pipeline.path("dvc.yaml");
        boolean templates = problem.contains("${...}");
        findings.accept(new Finding(
                templates ? "dvc.unresolved-template" : "dvc.unreadable",
                templates ? Severity.ADVICE : Severity.BLOCKS,
                Places.withLine(path, problem),
                path + (templates ? " cannot be read in full without DVC: " : " cannot be read: ") + problem + ".",
                templates
                        ? "Check that the values are in params.yaml or under 'vars:'."
                        : "Mend the file and check it with: dvc status."));
    }
}
