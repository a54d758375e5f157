package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.evidence.TreeFacts.Kind;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Scripts that stages call, as Git keeps them: whether they may be run, and whether a shell of Linux reads their lines. */
final class ShellScriptQuirk implements Quirk {
    private static final int LARGEST = 1 << 20;
    private static final Set<String> SHELLS = Set.of("bash", "sh", "dash", "zsh", "source", ".");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Map<String, Stage> notExecutable = new TreeMap<>();
        Map<String, Stage> ofWindows = new TreeMap<>();
        view.stages()
                .forEach(stage -> ShellCommand.all(stage).forEach(command -> {
                    boolean direct = command.word(0).contains("/");
                    Optional<TreeFile> file = path(command, direct).flatMap(path -> file(view, path));
                    file.filter(each -> direct && each.kind() == Kind.FILE)
                            .ifPresent(each -> notExecutable.putIfAbsent(each.path(), stage));
                    file.filter(each -> hasLinesOfWindows(view, each.path(), direct))
                            .ifPresent(each -> ofWindows.putIfAbsent(each.path(), stage));
                }));
        notExecutable.forEach((path, stage) -> findings.accept(notExecutable(path, stage)));
        ofWindows.forEach((path, stage) -> findings.accept(ofWindows(path, stage)));
    }

    private static Optional<TreeFile> file(TreeView view, String path) {
        return view.files(path)
                .filter(file -> file.path().equals(path))
                .filter(file -> file.kind() == Kind.FILE || file.kind() == Kind.EXECUTABLE)
                .findFirst();
    }

    /** The file that is called by itself or that a shell is to read; empty where neither is. */
    private static Optional<String> path(ShellCommand command, boolean direct) {
        Optional<String> word = direct
                ? Optional.of(command.word(0))
                : SHELLS.contains(command.program())
                        ? command.words().stream()
                                .skip(1)
                                .filter(each -> !each.startsWith("-"))
                                .findFirst()
                        : Optional.empty();
        return word.filter(each -> !each.startsWith("/") && !each.contains("$"))
                .map(each -> Paths.join(command.folder(), each));
    }

    /** Of a script in another language only the first line is read by the system. */
    private static boolean hasLinesOfWindows(TreeView view, String path, boolean direct) {
        Optional<Text> text = view.tree().text(path, LARGEST).filter(Text::crlf);
        if (text.isEmpty()) {
            return false;
        }
        List<String> lines = List.of(text.get().content().split("\n", -1));
        String first = lines.getFirst();
        boolean script = first.startsWith("#!");
        boolean shell = !direct || !script || first.strip().matches("#!.*sh");
        return (direct && script && first.endsWith("\r"))
                || (shell
                        && lines.stream()
                                .anyMatch(line -> line.endsWith("\r")
                                        && !line.isBlank()
                                        && !line.strip().startsWith("#")));
    }

    private static Finding notExecutable(String path, Stage stage) {
        return FindingCode.CODE_NOT_EXECUTABLE.at(
                Place.of(path),
                "Stage '" + stage.name() + "' (" + stage.where() + ") calls " + path
                        + " by itself, but Git keeps it as a file that may not be run (mode 100644): in a clean clone the stage"
                        + " fails with 'Permission denied'.",
                "git update-index --chmod=+x " + ShellWord.of(path) + " && git commit -m \"Make it executable\".");
    }

    private static Finding ofWindows(String path, Stage stage) {
        String pattern = path.endsWith(".sh") ? "*.sh" : path;
        return FindingCode.CODE_WINDOWS_LINES.at(
                Place.of(path),
                path + ", which stage '" + stage.name() + "' (" + stage.where()
                        + ") runs, is in Git with the line endings of Windows (CRLF): on Linux the carriage return becomes part of the"
                        + " last word of each line, so the script fails.",
                "echo " + ShellWord.of(pattern + " text eol=lf")
                        + " >> .gitattributes && git add .gitattributes && git add --renormalize . && git commit -m"
                        + " \"Line endings\".");
    }
}
