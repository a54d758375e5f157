package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<String> CONDA = Set.of("conda", "mamba", "micromamba");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.stages().forEach(stage -> {
            String who = "Stage '" + stage.name() + "'";
            named(view, stage.workingDirectory(), stage.commands())
                    .ifPresent(named -> findings.accept(finding(stage.where(), who, named, "dvc.yaml")));
            stage.commands().stream()
                    .flatMap(command -> activated(command).stream())
                    .findFirst()
                    .ifPresent(command -> findings.accept(conda(stage.where(), who, command, "dvc.yaml")));
        });
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
        for (int i = 0; i < lines.size(); i++) {
            Optional<ShellCommand> command = activated(lines.get(i));
            if (command.isPresent()) {
                Place where = new Place(path, i + 1);
                findings.accept(conda(where, where.toString(), command.get(), path));
                return;
            }
        }
    }

    /** {@code conda activate mlops} of a line. */
    private static Optional<ShellCommand> activated(String line) {
        return line.length() >= LONGEST_LINE
                        || !line.contains("activate")
                        || line.strip().startsWith("#")
                ? Optional.empty()
                : ShellCommand.all(line.replaceFirst("^\\s*command:\\s*[\"']?", ""), "").stream()
                        .filter(command -> CONDA.contains(command.program())
                                && command.word(1).equals("activate"))
                        .findFirst();
    }

    private static Finding conda(Place where, String who, ShellCommand command, String file) {
        String name = command.words().size() > 2 ? command.word(2) : "base";
        return FindingCode.STAGE_OWN_ENVIRONMENT.at(
                where,
                who + " activates the conda environment " + name + " (" + command.shown()
                        + "), which only your machine has. While grading, the environment that is made of what the"
                        + " repository declares stands in for it, so you lose no points.",
                "For others: take '" + command.shown() + "' out of " + file
                        + ", and write in README.md how to make and activate the environment"
                        + " (conda env create -f environment.yml, conda activate " + name + ").");
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
