package org.labharness.pipeline.environment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.Whose;

/**
 * Whether packages that newer versions of others are known to break can be imported, in a container without network. Only these are
 * tried: an import costs seconds.
 */
final class ImportProbe {
    private static final int NOBODY = 65_000;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String FAILED = "cannot-import ";
    private static final String SCRIPT = """
            import importlib, sys
            for module in sys.argv[1:]:
                try:
                    importlib.import_module(module)
                except BaseException as problem:
                    words = f"{type(problem).__name__}: {problem}".splitlines() or [""]
                    print("cannot-import " + module + " " + words[0][:300], flush=True)
            """;

    /** What each of these imports of the packages that broke it: SQLAlchemy, pathspec, numpy, pkg_resources. */
    private static final Map<String, List<String>> TRIED = Map.of(
            "mlflow", List.of("mlflow", "mlflow.store.tracking.sqlalchemy_store"),
            "dvc", List.of("dvc.cli.parser"),
            "pandas", List.of("pandas"),
            "scikit-learn", List.of("sklearn.ensemble"),
            "matplotlib", List.of("matplotlib.pyplot"),
            "xgboost", List.of("xgboost"),
            "lightgbm", List.of("lightgbm"),
            "tensorflow", List.of("tensorflow"),
            "torch", List.of("torch"),
            "transformers", List.of("transformers"));

    /** What breaks others: with the same versions of these an import ends the same way. */
    private static final Set<String> BREAKERS = Set.of(
            "numpy",
            "scipy",
            "pandas",
            "sqlalchemy",
            "pathspec",
            "setuptools",
            "protobuf",
            "pydantic",
            "skops",
            "mlflow",
            "mlflow-skinny");

    private final Sandbox sandbox;
    private final Images images;
    private final EnvironmentStore store;

    ImportProbe(Sandbox sandbox, Images images, EnvironmentStore store) {
        this.sandbox = sandbox;
        this.images = images;
        this.store = store;
    }

    /**
     * What cannot be imported, with the exception's words. A combination of packages that was tried before is remembered.
     *
     * @param heard is told that it goes on
     */
    Map<String, String> failing(Path venv, Resolution resolution, Consumer<Sign> heard) {
        Map<String, String> failing = new LinkedHashMap<>();
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        for (String pin : resolution.pins()) {
            List<String> modules = TRIED.getOrDefault(name(pin), List.of());
            if (!modules.isEmpty()) {
                String combination = combination(pin, resolution);
                Optional<List<String>> known = store.readNote(combination);
                known.ifPresentOrElse(
                        lines -> lines.forEach(line -> keep(line, failing)), () -> unknown.put(combination, modules));
            }
        }
        if (!unknown.isEmpty()) {
            List<String> modules =
                    unknown.values().stream().flatMap(List::stream).toList();
            Map<String, String> found = run(venv, PythonVersion.parse(resolution.python()), modules, heard);
            unknown.forEach((combination, tried) -> store.writeNote(
                    combination,
                    found.entrySet().stream()
                            .filter(one -> tried.contains(one.getKey()))
                            .map(one -> one.getKey() + " " + one.getValue())
                            .toList()));
            failing.putAll(found);
        }
        return failing;
    }

    private static String combination(String pin, Resolution resolution) {
        List<String> parts = new ArrayList<>(List.of("probe", resolution.python(), pin));
        resolution.pins().stream()
                .filter(other -> BREAKERS.contains(name(other)))
                .forEach(parts::add);
        return Digest.of(parts);
    }

    private static String name(String pin) {
        return Requirement.normalize(pin.split("[=@ ]", 2)[0]);
    }

    private static void keep(String line, Map<String, String> failing) {
        String[] words = line.split(" ", 2);
        failing.put(words[0], words.length > 1 ? words[1] : "");
    }

    private Map<String, String> run(Path venv, PythonVersion python, List<String> modules, Consumer<Sign> heard) {
        List<String> argv = new ArrayList<>(List.of(PreparedEnvironment.INSIDE + "/bin/python", "-c", SCRIPT));
        argv.addAll(modules);
        Map<String, String> variables = new HashMap<>(Map.of("HOME", "/tmp", "LANG", "C.UTF-8", "MPLBACKEND", "Agg"));
        variables.put("PATH", PreparedEnvironment.INSIDE + "/bin:/usr/local/bin:/usr/bin:/bin");
        ExecutionResult result = sandbox.startShared(
                        new ContainerCommand(
                                images.tools(python),
                                "probe",
                                Whose.OURS,
                                argv,
                                variables,
                                List.of(Mount.readOnly(venv, PreparedEnvironment.INSIDE)),
                                false,
                                "/tmp",
                                Network.NONE,
                                NOBODY,
                                new ContainerCommand.Caps(
                                        LONGEST,
                                        Memory.mebibytes(2048),
                                        256,
                                        2,
                                        Memory.mebibytes(64),
                                        Memory.mebibytes(4),
                                        WheelBuilder.IDLE),
                                chunk -> {}),
                        heard)
                .await(LONGEST, "The import of packages");
        Map<String, String> failing = new LinkedHashMap<>();
        for (List<String> lines : List.of(result.log().head(), result.log().tail())) {
            for (String line : lines) {
                if (line.startsWith(FAILED)) {
                    keep(line.substring(FAILED.length()), failing);
                }
            }
        }
        return failing;
    }
}
