package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Commands of stages that cannot work in a clean, closed sandbox. */
final class CommandQuirk implements Quirk {
    private static final int LONGEST = 20_000;
    private static final Pattern SEPARATORS = Pattern.compile("&&|\\|\\||[;|&\\n(]");
    private static final Pattern ASSIGNMENTS =
            Pattern.compile("^(?:\\s*[A-Za-z_][A-Za-z0-9_]{0,60}=\\S{0,200}\\s+){1,5}");
    private static final Pattern MACHINE =
            Pattern.compile("(?:/home/|/Users/|(?<![A-Za-z])[A-Za-z]:[\\\\/])[^\\s'\"]{1,100}");

    private static final Map<String, List<String>> WORDS = Map.of(
            "git",
            List.of(
                    "calls-git",
                    "runs git: it changes the very work tree that is being graded, and DVC's records with it",
                    "Take git commands out of dvc.yaml; switch versions by parameters or 'dvc exp run' instead."),
            "docker",
            List.of(
                    "calls-docker",
                    "needs Docker, which is not there while grading",
                    "Let the stage call the Python program itself."),
            "sudo",
            List.of(
                    "calls-sudo",
                    "asks for administrator rights with sudo, which it does not get",
                    "Install what is needed through requirements.txt and take sudo out."),
            "pip",
            List.of(
                    "calls-pip",
                    "installs packages with pip, but there is no network while it runs",
                    "Name the packages in requirements.txt; they are installed before the run."),
            "python3.exe",
            List.of("calls-exe", "calls a Windows program", "Write 'python', which works everywhere."));

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.stages().forEach(stage -> {
            String all = String.join("\n", stage.commands());
            String commands = all.length() > LONGEST ? all.substring(0, LONGEST) : all;
            for (String part : SEPARATORS.split(commands, -1)) {
                String bare = ASSIGNMENTS.matcher(part).replaceFirst("").strip();
                String program = bare.split("\\s", 2)[0];
                List<String> words = WORDS.get(program.replaceAll("^.*/", ""));
                if (words != null) {
                    report(stage, words, bare, findings);
                }
            }
            absolute(stage, commands, findings);
        });
    }

    private static void report(Stage stage, List<String> words, String command, Consumer<Finding> findings) {
        String shown = command.length() > 60 ? command.substring(0, 59) + "…" : command;
        findings.accept(new Finding(
                "stage." + words.get(0),
                Severity.COSTS_POINTS,
                stage.where(),
                "Stage '" + stage.name() + "' " + words.get(1) + " (" + shown + ").",
                words.get(2)));
    }

    private static void absolute(Stage stage, String commands, Consumer<Finding> findings) {
        Matcher path = MACHINE.matcher(commands);
        if (path.find()) {
            findings.accept(new Finding(
                    "stage.absolute-path",
                    Severity.BLOCKS,
                    stage.where(),
                    "Stage '" + stage.name() + "' names a path of one machine: " + path.group() + ".",
                    "Write paths relative to the repository, and 'python' for the interpreter."));
        }
    }
}
