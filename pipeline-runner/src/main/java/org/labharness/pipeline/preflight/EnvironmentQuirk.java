package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;

/** Commands that name a virtual environment of the student's ({@code .venv/bin/python}), which no clone holds. */
final class EnvironmentQuirk implements Quirk {
    private static final int LONGEST_LINE = 4_000;
    private static final Pattern PROGRAM = Pattern.compile(
            "(?<![\\w./~$(){}-])((?:\\./|(?:\\.\\./){1,5})?(?:[\\w.-]{1,100}/){0,5}[\\w.-]{1,100})/bin/(?:activate|python[0-9.]{0,4}|pip3?|dvc|mlflow|pytest|jupyter)(?![\\w/.-])");
    private static final Pattern MADE =
            Pattern.compile("-m\\s+(?:venv|virtualenv)\\b|(?:^|[\\s;&|])(?:virtualenv|uv\\s+venv)\\s");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.stages()
                .forEach(stage -> named(view, stage.workingDirectory(), stage.commands())
                        .ifPresent(named -> findings.accept(
                                finding(stage.where(), "Stage '" + stage.name() + "'", named, "dvc.yaml"))));
        if (view.pipelines().isEmpty()) {
            Optional.of(view.mlproject())
                    .filter(path -> !path.isEmpty())
                    .or(() -> Optional.of("Makefile").filter(view::has))
                    .ifPresent(path -> inFile(view, path, findings));
        }
    }

    private static void inFile(TreeView view, String path, Consumer<Finding> findings) {
        List<String> lines = Optional.ofNullable(view.texts().get(path))
                .map(text -> text.content().lines().toList())
                .orElse(List.of());
        named(view, Paths.parent(path), lines).ifPresent(named -> {
            int line = 1
                    + (int) lines.stream()
                            .takeWhile(each -> !each.contains(named.group()))
                            .count();
            Place where = new Place(path, line);
            findings.accept(finding(where, where.toString(), named, path));
        });
    }

    /** What is named of an environment that is not there and that none of the commands makes. */
    private static Optional<MatchResult> named(TreeView view, String folder, List<String> commands) {
        List<String> lines = commands.stream()
                .filter(line -> line.length() < LONGEST_LINE && !line.strip().startsWith("#"))
                .toList();
        return lines.stream().anyMatch(line -> MADE.matcher(line).find())
                ? Optional.empty()
                : lines.stream()
                        .flatMap(line -> PROGRAM.matcher(line).results())
                        .filter(named -> !view.tree().exists(Paths.join(folder, named.group(1)))
                                && !view.tree().exists(named.group(1)))
                        .findFirst();
    }

    private static Finding finding(Place where, String who, MatchResult named, String file) {
        String folder = named.group(1).replaceFirst("^(?:\\.\\.?/)+", "");
        return FindingCode.STAGE_OWN_ENVIRONMENT.at(
                where,
                who + " names the virtual environment " + folder + " (" + named.group()
                        + "), which is not in Git, as it should be. While grading, the environment that is made of the"
                        + " requirements stands in for it, so you lose no points.",
                "For others: write 'python' in " + file + ", and in README.md how to make and activate the environment"
                        + " (python -m venv " + folder + ", source " + folder
                        + "/bin/activate, pip install -r requirements.txt).");
    }
}
