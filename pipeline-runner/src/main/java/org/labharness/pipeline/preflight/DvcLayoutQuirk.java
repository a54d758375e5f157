package org.labharness.pipeline.preflight;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Makefile;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.ProblemPlace;

/** Whether there is a pipeline that DVC can find and read. */
final class DvcLayoutQuirk implements Quirk {
    private static final Pattern MISNAMED =
            Pattern.compile("(?i)dvc[-_]?(?:pipeline)?\\.ya?ml(?:\\.txt)?|pipeline\\.dvc\\.ya?ml");
    private static final int MOST_STAGE_FILES = 50;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        if (view.pipelines().isEmpty()) {
            noPipeline(view, findings);
            return;
        }
        if (view.pipelines().stream().noneMatch(pipeline -> pipeline.directory().isEmpty())) {
            String path = view.pipelines().getFirst().path("dvc.yaml");
            findings.accept(FindingCode.DVC_ONLY_IN_SUBFOLDER.at(
                    Place.of(path),
                    "dvc.yaml lies in a subfolder (" + path + "), not at the top of the repository.",
                    "This works if paths in it are relative to that folder; 'dvc repro' must be run there."));
        }
        if (view.pipelines().size() > 1) {
            findings.accept(
                    FindingCode.DVC_SEVERAL_PIPELINES.at(
                            Place.of(view.pipelines().get(1).path("dvc.yaml")),
                            "There are " + view.pipelines().size() + " pipelines: "
                                    + view.pipelines().stream()
                                            .limit(5)
                                            .map(pipeline -> pipeline.path("dvc.yaml"))
                                            .collect(Collectors.joining(", "))
                                    + ". All of them are read and run.",
                            "Nothing has to be done, if each is meant to be part of this lab; otherwise take out what is left over."));
        }
        if (!view.tree().isDirectory(".dvc")) {
            findings.accept(FindingCode.DVC_NO_DVC_FOLDER.at(
                    null,
                    "The folder .dvc is not in Git, so in a fresh clone every dvc command says 'you are not inside of a DVC repository'.",
                    "Run 'dvc init' once, then: git add .dvc && git commit." + view.hidden(".dvc/config")));
        }
        view.pipelines().forEach(pipeline -> unreadable(pipeline, findings));
        if (view.stages().findAny().isEmpty()
                && view.mlproject().isEmpty()
                && view.pipelines().stream().allMatch(pipeline -> pipeline.problem() == null)) {
            findings.accept(FindingCode.DVC_NO_STAGES.at(
                    Place.of(view.pipelines().getFirst().path("dvc.yaml")),
                    view.pipelines().getFirst().path("dvc.yaml") + " declares no stage, so there is nothing to run.",
                    "Describe the steps: dvc stage add -n <name> -d <dependency> -o <output> <command>; then: dvc repro, and commit dvc.yaml and"
                            + " dvc.lock."));
        }
    }

    private static void noPipeline(TreeView view, Consumer<Finding> findings) {
        if (BranchQuirk.elsewhere(view).isPresent()) {
            return; // told there
        }
        Makefile makefile = Makefile.read(view.tree());
        Optional<String> old = oldStage(view);
        Optional<String> misnamed = misnamed(view);
        if (misnamed.isPresent()) {
            String right = Paths.join(Paths.parent(misnamed.get()), "dvc.yaml");
            findings.accept(FindingCode.DVC_WRONG_NAME.at(
                    Place.of(misnamed.get()),
                    misnamed.get()
                            + " holds stages, but DVC reads only files that are called dvc.yaml: for DVC there is no pipeline.",
                    "git mv " + ShellWord.of(misnamed.get()) + " " + ShellWord.of(right) + ", then: dvc repro, git add "
                            + ShellWord.of(right)
                            + " dvc.lock && git commit."));
        } else if (old.isPresent()) {
            findings.accept(FindingCode.DVC_OLD_STAGE_FILES.at(
                    Place.of(old.get()),
                    old.get()
                            + " holds a stage ('cmd:') as DVC before 1.0 wrote it, and there is no dvc.yaml. DVC of today refuses such files: there is no"
                            + " pipeline to run.",
                    "Write each of them as a stage of a dvc.yaml: dvc stage add -n <name> -d <dependency> -o <output> <command>; delete the"
                            + " old file, then: dvc repro, git add dvc.yaml dvc.lock && git commit."));
        } else if (view.mlproject().isEmpty() && makefile.whole().isPresent()) {
            String command = "make " + makefile.whole().get();
            findings.accept(FindingCode.REPO_MAKEFILE_ONLY.at(
                    Place.of("Makefile"),
                    "The repository holds neither a dvc.yaml nor an MLproject file. Where the lab does not say how to run it, '"
                            + command + "' is run.",
                    "Nothing has to be done, if the lab asks for neither and '" + command + "' makes everything."));
        } else if (view.usesDvc() && view.mlproject().isEmpty()) {
            findings.accept(
                    FindingCode.DVC_NO_PIPELINE.at(
                            null,
                            "The repository uses DVC, but no dvc.yaml is in Git: there is no pipeline to run.",
                            "Describe the steps as stages in dvc.yaml (dvc stage add ...), then: git add dvc.yaml dvc.lock && git commit."));
        } else if (view.mlproject().isEmpty()
                && !NotebookQuirk.notebooks(view).isEmpty()
                && view.python().isEmpty()) {
            NotebookQuirk.only(view, findings);
        } else if (view.mlproject().isEmpty()) {
            findings.accept(FindingCode.REPO_NOTHING_TO_RUN.at(
                    null,
                    "The repository holds neither a dvc.yaml nor an MLproject file"
                            + (makefile.targets().isEmpty()
                                    ? ""
                                    : ", and its Makefile has no target called run, train or all")
                            + ", so there is nothing that can be run by itself.",
                    "Add the pipeline (dvc init, dvc stage add ...) or an MLproject file, and commit it. If it is on another branch,"
                            + " hand in that branch."));
        }
    }

    /** A file that would be a pipeline under its right name. */
    private static Optional<String> misnamed(TreeView view) {
        return view.texts().keySet().stream()
                .filter(path -> MISNAMED.matcher(Paths.name(path)).matches())
                .filter(path -> Documents.read(view.tree(), path, Form.YAML)
                        .document()
                        .map(doc -> !doc.mapping("stages").entries().isEmpty())
                        .orElse(false))
                .findFirst();
    }

    private static Optional<String> oldStage(TreeView view) {
        return view.texts().keySet().stream()
                .filter(path -> path.endsWith(".dvc"))
                .limit(MOST_STAGE_FILES)
                .filter(path -> Documents.read(view.tree(), path, Form.YAML)
                        .document()
                        .flatMap(doc -> doc.get("cmd"))
                        .isPresent())
                .findFirst();
    }

    private static void unreadable(PipelineFacts pipeline, Consumer<Finding> findings) {
        String problem = pipeline.problem();
        if (problem == null) {
            return;
        }
        String path = pipeline.path("dvc.yaml");
        FindingCode code = problem.contains("stages (and") || problem.endsWith(" stages")
                ? FindingCode.DVC_PARTLY_READ
                : problem.contains("${") ? FindingCode.DVC_UNRESOLVED_TEMPLATE : FindingCode.DVC_UNREADABLE;
        Place where = ProblemPlace.of(path, problem);
        findings.accept(code.at(
                where,
                path + words(code) + problem + ".",
                switch (code) {
                    case DVC_PARTLY_READ -> "A pipeline that people can follow has far fewer stages.";
                    case DVC_UNRESOLVED_TEMPLATE ->
                        "Write the value into params.yaml or under 'vars:', and commit the file. A variable of the shell is written without braces.";
                    default -> "Mend " + where.path() + " and check it with: dvc status.";
                }));
    }

    private static String words(FindingCode code) {
        return switch (code) {
            case DVC_PARTLY_READ -> " is read in part: ";
            case DVC_UNRESOLVED_TEMPLATE -> " stops every dvc command: ";
            default -> " is refused by DVC: ";
        };
    }
}
