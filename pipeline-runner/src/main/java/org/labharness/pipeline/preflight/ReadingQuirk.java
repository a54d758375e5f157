package org.labharness.pipeline.preflight;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/**
 * What a stage's script reads without the stage saying so. Only paths that stand in the call itself and that the repository knows: there is
 * no guessing what a variable holds.
 */
final class ReadingQuirk implements Quirk {
    /** What is not shown is not known to the check of data either. */
    private static final int SHOWN = 8;

    private static final int MOST = 200;
    private static final String OPEN = "open";
    private static final Set<String> READERS = Set.of(
            "pandas.read_csv",
            "pandas.read_parquet",
            "pandas.read_excel",
            "pandas.read_json",
            "pandas.read_pickle",
            "pandas.read_feather",
            "polars.read_csv",
            "polars.read_parquet",
            "numpy.load",
            "numpy.loadtxt",
            "numpy.genfromtxt",
            "joblib.load",
            "torch.load");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        view.scripts()
                .byPath()
                .forEach((path, stage) -> view.python(path)
                        .flatMap(file -> file.module())
                        .ifPresent(module -> look(view, path, module, stage, findings)));
    }

    private static void look(TreeView view, String path, Module module, Stage stage, Consumer<Finding> findings) {
        Map<String, Integer> read = new LinkedHashMap<>();
        module.calls().stream()
                .flatMap(call ->
                        argument(call)
                                .map(text -> Map.entry(Paths.join(stage.workingDirectory(), text), call.line()))
                                .stream())
                .limit(MOST)
                .filter(each -> known(view, each.getKey()) && !declared(stage, each.getKey()))
                .forEach(each -> read.putIfAbsent(each.getKey(), each.getValue()));
        if (read.isEmpty() || stage.commands().stream().anyMatch(command -> command.contains("cd "))) {
            return;
        }
        String files = read.keySet().stream().limit(SHOWN).collect(Collectors.joining(", "));
        boolean params = read.keySet().stream().allMatch(file -> isParams(view, file));
        findings.accept(
                FindingCode.CODE_UNDECLARED_READ.at(
                        new Place(path, read.values().iterator().next()),
                        path + " reads " + files + (read.size() > SHOWN ? " and more" : "") + ", which stage '"
                                + stage.name()
                                + "' lists neither under 'deps:' nor under 'params:'; so DVC does not run it again when "
                                + (read.size() == 1 ? "that file changes" : "these change")
                                + made(view, read.keySet()) + ".",
                        params
                                ? "Name the parameters that it uses under 'params:' of the stage, then: dvc repro, and commit dvc.yaml and dvc.lock."
                                : "Add it under 'deps:' of the stage (parameters under 'params:'), then: dvc repro, and commit dvc.yaml and dvc.lock."));
    }

    private static Optional<String> argument(Call call) {
        boolean reads = READERS.contains(call.callee()) || (call.callee().equals(OPEN) && isForReading(call));
        return reads && !call.arguments().isEmpty() && call.arguments().getFirst() instanceof PythonValue.Text text
                ? Optional.of(text.text()).filter(path -> !path.startsWith("/") && !path.contains("\\"))
                : Optional.empty();
    }

    private static boolean isForReading(Call call) {
        PythonValue mode = call.arguments().size() > 1
                ? call.arguments().get(1)
                : call.keywords().get("mode");
        return mode == null
                || (mode instanceof PythonValue.Text text
                        && text.text().startsWith("r")
                        && !text.text().contains("+"));
    }

    /** Whether Git, DVC or a stage has it. */
    private static boolean known(TreeView view, String file) {
        return view.has(file)
                || view.data().stream().anyMatch(data -> Paths.isWithin(file, data.path()))
                || maker(view, file).isPresent();
    }

    private static boolean declared(Stage stage, String file) {
        return Stream.concat(
                        Stream.concat(stage.deps().stream(), stage.params().keySet().stream()),
                        stage.outs().stream().map(out -> out.path()))
                .anyMatch(path -> Paths.isWithin(file, path));
    }

    private static Optional<Stage> maker(TreeView view, String file) {
        return view.stages()
                .filter(stage -> stage.outs().stream().anyMatch(out -> Paths.isWithin(file, out.path())))
                .findFirst();
    }

    private static String made(TreeView view, Set<String> files) {
        return files.stream()
                .flatMap(file -> maker(view, file).stream())
                .findFirst()
                .map(stage -> ", and does not know that it comes after stage '" + stage.name() + "'")
                .orElse("");
    }

    private static boolean isParams(TreeView view, String file) {
        return Paths.name(file).matches("params\\.(?:ya?ml|json|toml)")
                || view.stages().anyMatch(stage -> stage.params().containsKey(file));
    }
}
