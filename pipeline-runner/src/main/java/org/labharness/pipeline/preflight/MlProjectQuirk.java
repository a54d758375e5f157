package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.evidence.ProblemPlace;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** What can be wrong with an MLproject file. */
final class MlProjectQuirk implements Quirk {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}.:!\\[\\]\\s]{1,100})}");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        String path = view.mlproject();
        if (path.isEmpty()) {
            misnamed(view, findings);
            return;
        }
        Parsed parsed = Documents.read(view.tree(), path, Form.YAML);
        if (parsed.document().isEmpty() || !(parsed.document().get() instanceof Mapping root)) {
            String problem = parsed.failure().orElse("it holds no mapping with 'entry_points:'");
            findings.accept(FindingCode.MLPROJECT_UNREADABLE.at(
                    ProblemPlace.of(path, problem),
                    path + " cannot be read: " + problem + ".",
                    "Mend the file; it is YAML: indent with spaces, and put texts with ': ' or braces in quotes."));
            return;
        }
        environment(view, path, root, findings);
        points(view, path, root, findings);
    }

    private static void misnamed(TreeView view, Consumer<Finding> findings) {
        view.files().stream()
                .map(TreeFile::path)
                .filter(path -> Paths.name(path)
                        .toLowerCase(java.util.Locale.ROOT)
                        .matches("ml[-_ ]?project\\.(?:ya?ml|txt)|ml[-_ ]project"))
                .findFirst()
                .ifPresent(path -> findings.accept(FindingCode.MLPROJECT_WRONG_NAME.at(
                        Place.of(path),
                        path
                                + " is probably meant to be the MLproject file; MLflow finds it only under the name MLproject, without an ending.",
                        "Rename it: git mv " + ShellWord.of(path) + " "
                                + ShellWord.of((path.contains("/") ? Paths.parent(path) + "/" : "") + "MLproject")
                                + " && git commit.")));
    }

    private static void environment(TreeView view, String path, Mapping root, Consumer<Finding> findings) {
        if (root.get("docker_env").isPresent()) {
            findings.accept(FindingCode.MLPROJECT_NEEDS_DOCKER.at(
                    new Place(path, root.lineOf("docker_env")),
                    path + " asks for a Docker image (docker_env), and Docker is not there while grading.",
                    "Name the packages in python_env.yaml (python_env: python_env.yaml) and in requirements.txt."));
        }
        for (String key : List.of("python_env", "conda_env")) {
            root.get(key).flatMap(Doc::string).ifPresent(file -> {
                String wanted = Paths.join(Paths.parent(path), file);
                if (!view.tree().exists(wanted)) {
                    findings.accept(FindingCode.MLPROJECT_MISSING_FILE.at(
                            new Place(path, root.lineOf(key)),
                            path + " names " + wanted + " under '" + key + ":', which is not in Git.",
                            Unkept.orCommit(
                                    view,
                                    wanted,
                                    () -> "Commit the file (git add " + ShellWord.of(wanted)
                                            + "), or take the line out.")));
                }
            });
        }
    }

    private static void points(TreeView view, String path, Mapping root, Consumer<Finding> findings) {
        Mapping points = root.mapping("entry_points");
        boolean any = points.entries().values().stream()
                .anyMatch(point -> point.get("command").flatMap(Doc::string).isPresent());
        if (!any) {
            findings.accept(FindingCode.MLPROJECT_NO_ENTRY_POINT.at(
                    new Place(path, root.lineOf("entry_points")),
                    path + " has no entry point with a command, so 'mlflow run' has nothing to run.",
                    "Add: entry_points: {main: {command: \"python train.py\"}}."));
        }
        for (Map.Entry<String, Doc> entry : points.entries().entrySet()) {
            entry.getValue().get("command").ifPresent(command -> command(view, path, entry, command, findings));
        }
        new ProjectPaths(view, path).look(points, findings);
    }

    private static void command(
            TreeView view, String path, Map.Entry<String, Doc> entry, Doc command, Consumer<Finding> findings) {
        String line = command.string().orElse("");
        Mapping parameters = entry.getValue().mapping("parameters");
        Matcher used = PARAMETER.matcher(line);
        while (used.find()) {
            if (parameters.get(used.group(1)).isEmpty()) {
                findings.accept(FindingCode.MLPROJECT_UNKNOWN_PARAMETER.at(
                        new Place(path, command.line()),
                        "The command of entry point '" + entry.getKey() + "' in " + path + " uses {" + used.group(1)
                                + "}, which is not declared under 'parameters:'.",
                        "Add under 'parameters:': " + used.group(1) + ": {type: string, default: ...}."));
            }
        }
        for (ShellCommand each : ShellCommand.all(line, Paths.parent(path))) {
            each.script()
                    .filter(script -> !script.contains("{") && !view.tree().exists(script))
                    .ifPresent(script -> findings.accept(FindingCode.MLPROJECT_MISSING_FILE.at(
                            new Place(path, command.line()),
                            "Entry point '" + entry.getKey() + "' in " + path + " runs " + script
                                    + ", which is not in Git.",
                            Unkept.orCommit(
                                    view,
                                    script,
                                    () -> "Commit the script (git add " + ShellWord.of(script)
                                            + "), or correct the path."))));
        }
    }
}
