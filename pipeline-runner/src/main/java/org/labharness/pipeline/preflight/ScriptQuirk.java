package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Definition;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonSource.Scope;
import org.labharness.pipeline.document.PythonSource.Unreadable;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.document.PythonValue.Text;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.preflight.TreeView.PythonFile;

/** Whether the scripts that stages run are there, are Python, and do something. */
final class ScriptQuirk implements Quirk {
    /** What a file may call at its top without doing its work. */
    private static final List<String> SETTING_UP = List.of(
            "logging.",
            "warnings.",
            "sys.path.",
            "os.path.",
            "os.getenv",
            "os.environ.",
            "pathlib.Path",
            "dotenv.",
            "matplotlib.use",
            "numpy.random.seed",
            "random.seed",
            "typing.",
            "re.compile",
            "collections.namedtuple",
            "getLogger",
            "mlflow.set_");

    private static final Pattern MACHINE = Pattern.compile("(?:/home/|/Users/|[A-Za-z]:[\\\\/])[^\\s'\"]{1,100}");

    private static final Set<String> READERS = Set.of("open", "pandas.read_csv", "pathlib.Path", "joblib.load");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Scripts scripts = view.scripts();
        for (Map.Entry<String, Stage> entry : scripts.byPath().entrySet()) {
            String path = entry.getKey();
            Stage stage = entry.getValue();
            if (!view.tree().exists(path)) {
                missing(view, path, stage, findings);
            }
            view.python(path).ifPresent(file -> {
                switch (file.source()) {
                    case Unreadable unreadable -> syntax(path, unreadable, stage, findings);
                    case Module module -> idle(view, path, module, stage, findings);
                }
            });
        }
        scripts.reachable().forEach(file -> machine(file, findings));
    }

    private static void missing(TreeView view, String path, Stage stage, Consumer<Finding> findings) {
        boolean made =
                view.stages().flatMap(each -> each.outs().stream()).anyMatch(out -> Paths.isWithin(path, out.path()));
        if (made || path.contains("{")) {
            return;
        }
        String name = Paths.name(path);
        String elsewhere = view.files().stream()
                .map(file -> file.path())
                .filter(file -> Paths.name(file).equals(name) && !TreeView.isForeign(file))
                .findFirst()
                .map(file -> "; there is a file " + file)
                .orElse("");
        findings.accept(FindingCode.CODE_SCRIPT_MISSING.at(
                stage.where(),
                "Stage '" + stage.name() + "' runs " + path + ", which is not in Git" + elsewhere + ".",
                elsewhere.isEmpty()
                        ? Unkept.orCommit(
                                view,
                                path,
                                () -> "Commit the script: git add " + ShellWord.of(path) + " && git commit."
                                        + view.hidden(path))
                        : "Correct the path under 'cmd:' in dvc.yaml; it starts at the stage's folder."));
    }

    private static void syntax(String path, Unreadable problem, Stage stage, Consumer<Finding> findings) {
        if (problem.syntax()) {
            findings.accept(FindingCode.CODE_SYNTAX_ERROR.at(
                    new Place(path, problem.line()),
                    path + " (line " + problem.line() + ") is no valid Python: " + problem.problem()
                            + (problem.problem().endsWith("?") ? " Stage '" : ". Stage '")
                            + stage.name() + "' runs it and will fail.",
                    "Mend that line and try: python -m py_compile " + path + "."));
        }
    }

    private static void idle(TreeView view, String path, Module module, Stage stage, Consumer<Finding> findings) {
        List<Definition> functions =
                module.definitions().stream().filter(Definition::function).toList();
        boolean works = !module.blocks().isEmpty()
                || module.calls().stream().anyMatch(ScriptQuirk::isWork)
                || module.assignments().stream().anyMatch(each -> each.scope() == Scope.MAIN);
        if (functions.isEmpty() || works) {
            return;
        }
        String names = functions.stream().limit(3).map(Definition::name).collect(Collectors.joining(", "));
        Definition last = functions.getLast();
        findings.accept(FindingCode.CODE_NEVER_CALLED.at(
                new Place(path, last.line()),
                path + " defines " + names + (functions.size() > 3 ? " and more" : "")
                        + ", but calls nothing when it is run, so stage '" + stage.name()
                        + "' ends at once without writing anything.",
                meant(view, path, stage)
                        .map(other -> "The command names " + other + " as well. If that is what is to run: python "
                                + other + ", or python -m "
                                + other.replaceFirst("\\.py$", "").replace('/', '.') + ".")
                        .orElse("Add at the end of the file: if __name__ == \"__main__\": " + last.name() + "().")));
    }

    /** Another script that the command gives to this one: {@code python -m src.helpers src/evaluate.py}. */
    private static Optional<String> meant(TreeView view, String path, Stage stage) {
        return ShellCommand.all(stage).stream()
                .filter(command ->
                        command.pythonModule().isPresent() || command.script().isPresent())
                .flatMap(command -> command.words().stream()
                        .skip(1)
                        .filter(word -> word.endsWith(".py"))
                        .map(word -> Paths.join(command.folder(), word)))
                .filter(other -> !other.equals(path) && view.python(other).isPresent())
                .findFirst();
    }

    private static boolean isWork(Call call) {
        boolean atTop = call.scope() == Scope.MODULE || call.scope() == Scope.MAIN;
        return atTop && SETTING_UP.stream().noneMatch(call.callee()::startsWith);
    }

    private static void machine(PythonFile file, Consumer<Finding> findings) {
        file.module().stream()
                .flatMap(module -> java.util.stream.Stream.concat(
                        module.calls().stream()
                                .filter(call -> READERS.contains(call.callee())
                                        || call.callee().endsWith(".to_csv")
                                        || call.callee().endsWith("os.path.join"))
                                .flatMap(call -> call.arguments().stream().limit(1)),
                        module.assignments().stream().map(each -> each.value())))
                .filter(Text.class::isInstance)
                .map(Text.class::cast)
                .filter(text -> MACHINE.matcher(text.text()).lookingAt())
                .findFirst()
                .ifPresent(text -> findings.accept(finding(file.path(), text)));
    }

    private static Finding finding(String path, PythonValue value) {
        Matcher found = MACHINE.matcher(value instanceof Text text ? text.text() : "");
        String shown = found.lookingAt() ? found.group() : "";
        return FindingCode.CODE_ABSOLUTE_PATH.at(
                new Place(path, value.line()),
                path + ":" + value.line() + " names a path of one machine: " + shown + ".",
                "Write paths relative to the repository, such as data/raw.csv.");
    }
}
