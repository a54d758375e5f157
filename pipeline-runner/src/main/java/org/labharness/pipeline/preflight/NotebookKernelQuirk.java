package org.labharness.pipeline.preflight;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Notebooks that a stage runs with a kernel which only its author's machine knows ("mlops-env"). */
final class NotebookKernelQuirk implements Quirk {
    private static final int MOST = 50;
    /** What every Jupyter takes for the Python that it runs in, and what a package of that name brings. */
    private static final Set<String> KNOWN = Set.of("python", "python3", "xpython");

    private static final Pattern OPTION = Pattern.compile("--(?:[A-Za-z]{1,40}\\.)?kernel(?:_name)?=(.{1,100})");
    private static final Set<String> OPTIONS = Set.of("-k", "--kernel", "--kernel_name");

    private enum Tool {
        NBCONVERT("--ExecutePreprocessor.kernel_name=python3"),
        EXECUTE("--kernel_name=python3"),
        PAPERMILL("-k python3");

        private final String option;

        Tool(String option) {
            this.option = option;
        }
    }

    /** @param asked the kernel that the command names; empty where the notebook's own is taken */
    private record Execution(String path, Tool tool, Optional<String> asked) {}

    private record Kernel(String name, int line) {}

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Set<String> told = new LinkedHashSet<>();
        Stream.concat(
                        view.stages().flatMap(stage -> inCommands(stage).stream()),
                        view.scripts().byPath().entrySet().stream()
                                .flatMap(entry -> inScript(view, entry.getKey(), entry.getValue()).stream()))
                .limit(MOST)
                .filter(execution -> view.has(execution.path()) && told.add(execution.path()))
                .forEach(execution ->
                        kernel(view, execution).ifPresent(kernel -> findings.accept(finding(execution, kernel))));
    }

    private static List<Execution> inCommands(Stage stage) {
        List<Execution> found = new ArrayList<>();
        List<ShellCommand> commands = ShellCommand.all(stage);
        // Where the command makes the kernel, it is there.
        if (commands.stream()
                .noneMatch(command -> String.join(" ", command.words()).contains("ipykernel install"))) {
            for (ShellCommand command : commands) {
                tool(command)
                        .flatMap(tool -> notebook(command)
                                .map(path -> new Execution(Paths.join(command.folder(), path), tool, asked(command))))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Tool> tool(ShellCommand command) {
        List<String> words = command.words();
        String program = command.pythonModule().orElse(command.program());
        boolean jupyter = program.equals("jupyter");
        if (program.equals("papermill")) {
            return Optional.of(Tool.PAPERMILL);
        }
        if ((jupyter && words.contains("execute")) || program.equals("jupyter-execute")) {
            return Optional.of(Tool.EXECUTE);
        }
        boolean converts = (jupyter && words.contains("nbconvert"))
                || program.equals("jupyter-nbconvert")
                || program.equals("nbconvert");
        return converts && words.stream().anyMatch(word -> word.startsWith("--execute"))
                ? Optional.of(Tool.NBCONVERT)
                : Optional.empty();
    }

    private static Optional<String> notebook(ShellCommand command) {
        return command.words().stream().filter(word -> word.endsWith(".ipynb")).findFirst();
    }

    private static Optional<String> asked(ShellCommand command) {
        List<String> words = command.words();
        for (int i = 0; i < words.size(); i++) {
            Matcher option = OPTION.matcher(words.get(i));
            if (option.matches()) {
                return Optional.of(option.group(1));
            }
            if (OPTIONS.contains(words.get(i)) && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** {@code papermill.execute_notebook("prepare.ipynb", "out.ipynb")}. */
    private static List<Execution> inScript(TreeView view, String script, Stage stage) {
        return view.python(script).flatMap(file -> file.module()).map(Module::calls).orElse(List.of()).stream()
                .filter(call -> call.callee().equals("papermill.execute_notebook"))
                .flatMap(call -> text(
                        call.arguments().isEmpty()
                                ? Optional.empty()
                                : Optional.of(call.arguments().getFirst()))
                        .map(path ->
                                new Execution(Paths.join(stage.workingDirectory(), path), Tool.PAPERMILL, asked(call)))
                        .stream())
                .toList();
    }

    private static Optional<String> asked(Call call) {
        return text(Optional.ofNullable(call.keywords().get("kernel_name")));
    }

    private static Optional<String> text(Optional<PythonValue> value) {
        return value.filter(PythonValue.Text.class::isInstance).map(each -> ((PythonValue.Text) each).text());
    }

    /** The Python kernel that is asked for and that no other machine knows. */
    private static Optional<Kernel> kernel(TreeView view, Execution execution) {
        Optional<Doc> metadata = Documents.read(view.tree(), execution.path(), Form.JSON)
                .document()
                .flatMap(notebook -> notebook.get("metadata"));
        Optional<Doc> spec = metadata.flatMap(each -> each.get("kernelspec"));
        String language = spec.flatMap(each -> each.get("language"))
                .or(() -> metadata.flatMap(each -> each.get("language_info")).flatMap(each -> each.get("name")))
                .flatMap(Doc::string)
                .orElse("python");
        return spec.flatMap(each -> each.get("name"))
                .flatMap(name ->
                        name.string().map(text -> new Kernel(execution.asked().orElse(text), name.line())))
                .filter(kernel -> !KNOWN.contains(kernel.name()) && language.equalsIgnoreCase("python"));
    }

    private static Finding finding(Execution execution, Kernel kernel) {
        boolean own = execution.asked().isEmpty();
        return FindingCode.CODE_NOTEBOOK_KERNEL.at(
                new Place(execution.path(), kernel.line()),
                (own ? execution.path() + " asks" : "The command that runs " + execution.path() + " asks")
                        + " for the kernel '" + kernel.name()
                        + "', which only your machine has. While grading, the environment's own Python runs it, so you lose no points.",
                "For others: " + (own ? "choose the kernel 'Python 3' (python3) in the notebook and save it, or " : "")
                        + "name it in the command (" + execution.tool().option + ").");
    }
}
