package org.labharness.pipeline.preflight;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.document.PythonValue.Text;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.preflight.TreeView.PythonFile;

/** Folders that scripts write into and that a clone does not have, because Git keeps no empty folders. */
final class FolderQuirk implements Quirk {
    private static final List<String> FIRST = List.of(
            "logging.FileHandler", "logging.handlers.RotatingFileHandler", "logging.handlers.TimedRotatingFileHandler");
    private static final List<String> WRITERS =
            List.of(".to_csv", ".to_parquet", ".to_json", ".savefig", ".to_pickle", ".save_model");
    private static final List<String> SECOND = List.of("joblib.dump", "torch.save");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,60}(?:/[A-Za-z0-9_.-]{1,60}){1,10}");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Scripts scripts = view.scripts();
        List<PythonFile> files = scripts.reachable();
        if (makesFolders(view, files)) {
            return;
        }
        Set<String> told = new HashSet<>();
        for (PythonFile file : files) {
            file.module()
                    .ifPresent(module -> module.calls()
                            .forEach(call -> written(call, module)
                                    .flatMap(FolderQuirk::plain)
                                    .filter(text -> isAbsent(
                                            view,
                                            Paths.parent(text.text()),
                                            scripts.byPath().get(file.path())))
                                    .filter(text -> told.add(Paths.parent(text.text())))
                                    .ifPresent(text -> findings.accept(finding(file.path(), text)))));
        }
    }

    /** Whoever makes any folder may make this one too. */
    private static boolean makesFolders(TreeView view, List<PythonFile> files) {
        return files.stream()
                        .flatMap(file -> file.module().stream())
                        .flatMap(module -> module.calls().stream())
                        .anyMatch(call -> call.callee().contains("mkdir")
                                || call.callee().contains("makedirs")
                                || call.callee().startsWith("subprocess.")
                                || call.callee().equals("os.system"))
                || view.stages()
                        .flatMap(stage -> ShellCommand.all(stage).stream())
                        .anyMatch(command -> command.program().equals("mkdir")
                                || command.program().endsWith("sh"));
    }

    /**
     * Folders into which other stages write are left to these, others to the data that goes there. DVC makes none.
     *
     * @param own the stage whose script writes, where that is known
     */
    private static boolean isAbsent(TreeView view, String folder, @Nullable Stage own) {
        if (folder.startsWith("..") || view.hasFolder(folder)) {
            return false;
        }
        return view.stages()
                        .noneMatch(stage -> !stage.workingDirectory().isEmpty()
                                || (!stage.equals(own)
                                        && stage.outs().stream()
                                                .anyMatch(out -> Paths.isWithin(out.path(), folder)
                                                        || Paths.isWithin(folder, out.path())))
                                || stage.deps().stream()
                                        .anyMatch(dep -> Paths.isWithin(dep, folder) || Paths.isWithin(folder, dep)))
                && view.data().stream().noneMatch(data -> Paths.isWithin(data.path(), folder));
    }

    /** With a path that begins at the repository. */
    private static Optional<PythonText> plain(PythonText text) {
        return PLAIN.matcher(text.text()).matches()
                ? Optional.of(new PythonText(Paths.join("", text.text()), text.line()))
                : Optional.empty();
    }

    private static Optional<PythonText> written(Call call, Module module) {
        List<PythonValue> arguments = call.arguments();
        String callee = call.callee();
        boolean opens = callee.equals("open")
                && (isWriting(arguments.size() > 1 ? arguments.get(1) : null)
                        || isWriting(call.keywords().get("mode")));
        boolean first = opens || FIRST.contains(callee) || WRITERS.stream().anyMatch(callee::endsWith);
        if (first && !arguments.isEmpty()) {
            return PythonText.of(arguments.getFirst(), module);
        }
        if (SECOND.contains(callee) && arguments.size() > 1) {
            return PythonText.of(arguments.get(1), module);
        }
        PythonValue file = call.keywords().get("filename");
        return callee.equals("logging.basicConfig") && file != null ? PythonText.of(file, module) : Optional.empty();
    }

    private static boolean isWriting(@Nullable PythonValue mode) {
        return mode instanceof Text text && text.text().matches("[wax]b?\\+?t?");
    }

    private static Finding finding(String path, PythonText text) {
        String folder = Paths.parent(text.text());
        return FindingCode.CODE_FOLDER_NOT_KEPT.at(
                new Place(path, text.line()),
                path + ":" + text.line() + " writes " + text.text() + ", but a clean clone has no folder " + folder
                        + ": Git keeps no empty folders. The script will stop with FileNotFoundError.",
                "Make the folder in the script before it writes: os.makedirs(\"" + folder + "\", exist_ok=True).");
    }
}
