package org.labharness.pipeline.preflight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.PythonImports;
import org.labharness.pipeline.document.PythonImports.Imported;
import org.labharness.pipeline.document.PythonSource.Import;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.preflight.TreeView.PythonFile;

/** The Python files that stages run, and those of the submission's own that these import. */
final class Scripts {
    private static final Pattern NEWER_COMMAND = Pattern.compile("python3\\.1[2-9]");
    private static final int MOST = 500;
    private static final int MOST_IMPORTS = 5_000;

    private final TreeView view;
    private final Map<String, Stage> byPath = new LinkedHashMap<>();
    private @Nullable List<PythonFile> reachable;

    Scripts(TreeView view) {
        this.view = view;
        view.stages()
                .forEach(stage -> ShellCommand.all(stage).stream()
                        .flatMap(command -> path(command).stream())
                        .filter(path -> byPath.size() < MOST)
                        .forEach(path -> byPath.putIfAbsent(path, stage)));
    }

    /** {@code python -m a.b} counts where the module is the submission's own. */
    private Optional<String> path(ShellCommand command) {
        return command.script()
                .or(() -> command.pythonModule()
                        .map(module -> Paths.join(command.folder(), module.replace('.', '/')))
                        .flatMap(path -> existing(path)));
    }

    private Optional<String> existing(String path) {
        return List.of(path + ".py", path + "/__main__.py", path + "/__init__.py").stream()
                .filter(view::has)
                .findFirst();
    }

    /** By path, with the first stage that runs it; also those that are not there. */
    Map<String, Stage> byPath() {
        return byPath;
    }

    /** The scripts that could be parsed, and what they import of the submission's own. */
    List<PythonFile> reachable() {
        if (reachable == null) {
            reachable = List.copyOf(reach());
        }
        return reachable;
    }

    /** What all of these import from elsewhere, in the order in which they are reached. */
    List<Imported> imports() {
        return reachable().stream()
                .flatMap(file -> PythonImports.of(file.path(), file.source()).stream())
                .limit(MOST_IMPORTS)
                .toList();
    }

    /** The first thing that asks for a newer Python than 3.11: a command's name, or what 3.11 would refuse in a file that is run. */
    Optional<NewerPython> newer() {
        return view.stages()
                .flatMap(stage -> ShellCommand.all(stage).stream()
                        .map(command -> command.words().getFirst())
                        .filter(word -> NEWER_COMMAND.matcher(word).matches())
                        .map(word -> new NewerPython("calls " + word, stage.where())))
                .findFirst()
                .or(this::newerSyntax);
    }

    /** Where no script is known, in any file of the submission's own. */
    private Optional<NewerPython> newerSyntax() {
        List<PythonFile> files = reachable().isEmpty() ? view.python() : reachable();
        return files.stream()
                .flatMap(file -> file.module().map(Module::newer).stream()
                        .map(newer -> new NewerPython(
                                "uses " + newer.what() + ", which Python before 3.12 takes for an error of syntax",
                                new Place(file.path(), newer.line()))))
                .findFirst();
    }

    private List<PythonFile> reach() {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(byPath.keySet());
        waiting.addAll(ofProject());
        List<PythonFile> found = new ArrayList<>();
        while (!waiting.isEmpty() && seen.size() < MOST) {
            String path = view.place(waiting.remove());
            Optional<PythonFile> file = seen.add(path) ? view.python(path) : Optional.empty();
            Optional<Module> module = file.flatMap(PythonFile::module);
            if (module.isPresent()) {
                found.add(file.get());
                module.get().imports().forEach(each -> waiting.addAll(files(path, each)));
            }
        }
        return found;
    }

    /** What the entry points of the MLproject run. */
    private List<String> ofProject() {
        String path = view.mlproject();
        return path.isEmpty()
                ? List.of()
                : Documents.read(view.tree(), path, Form.YAML)
                        .document()
                        .map(doc -> doc.mapping("entry_points").entries().values())
                        .orElse(List.of())
                        .stream()
                        .flatMap(point -> point.get("command").flatMap(Doc::string).stream())
                        .flatMap(line -> ShellCommand.all(line, Paths.parent(path)).stream())
                        .flatMap(command -> path(command).stream())
                        .limit(MOST)
                        .toList();
    }

    private List<String> files(String path, Import found) {
        String inner = found.module().replace('.', '/');
        List<String> folders = new ArrayList<>();
        if (found.level() > 0) {
            String folder = Paths.parent(path);
            for (int i = 1; i < found.level(); i++) {
                folder = Paths.parent(folder);
            }
            folders.add(folder);
        } else {
            folders.addAll(List.of(Paths.parent(path), "", "src"));
        }
        return folders.stream()
                .flatMap(folder -> java.util.stream.Stream.of(inner, inner + "/" + found.name())
                        .map(each -> Paths.join(folder, each)))
                .flatMap(each -> existing(each).stream())
                .distinct()
                .toList();
    }
}
