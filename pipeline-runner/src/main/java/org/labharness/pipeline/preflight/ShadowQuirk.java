package org.labharness.pipeline.preflight;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.document.PythonImports;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Files that are named like a module of Python or a package, and stand where Python looks first. */
final class ShadowQuirk implements Quirk {
    /** Modules of the standard library that other modules and packages import. */
    private static final Set<String> STANDARD = Set.of(
            "abc ast asyncio base64 bisect calendar collections concurrent configparser contextlib copy csv ctypes dataclasses datetime decimal"
                    .concat(
                            " difflib email enum functools glob gzip hashlib heapq html http importlib inspect io ipaddress json keyword logging")
                    .concat(
                            " multiprocessing numbers operator os pathlib pickle platform queue random re secrets selectors shutil signal socket")
                    .concat(
                            " sqlite3 ssl statistics string struct subprocess tempfile textwrap threading token tokenize traceback types typing")
                    .concat(" unittest urllib uuid warnings weakref xml zipfile")
                    .split(" "));

    private static final Set<String> PACKAGES = Set.of(
            "mlflow",
            "dvc",
            "dvclive",
            "sklearn",
            "numpy",
            "pandas",
            "torch",
            "torchvision",
            "tensorflow",
            "keras",
            "xgboost",
            "lightgbm",
            "yaml",
            "matplotlib",
            "seaborn",
            "scipy",
            "joblib",
            "requests",
            "flask",
            "fastapi",
            "pyspark",
            "airflow",
            "transformers",
            "datasets",
            "prometheus_client",
            "streamlit",
            "dagshub",
            "hydra",
            "optuna",
            "pydantic");

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Set<String> folders = view.scripts().byPath().keySet().stream()
                .map(Paths::parent)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> imported = view.python().stream()
                .flatMap(file -> PythonImports.of(file.path(), file.source()).stream())
                .map(PythonImports.Imported::module)
                .collect(Collectors.toSet());
        for (TreeFile file : view.files()) {
            String path = file.path();
            String name = Paths.name(path);
            if (name.endsWith(".py") && folders.contains(Paths.parent(path))) {
                String module = name.substring(0, name.length() - 3);
                boolean standard = STANDARD.contains(module);
                if (standard || (PACKAGES.contains(module) && imported.contains(module))) {
                    findings.accept(finding(path, module, standard));
                }
            }
        }
    }

    private static Finding finding(String path, String module, boolean standard) {
        return FindingCode.CODE_SHADOWS_LIBRARY.at(
                Place.of(path),
                path + " has the name of " + (standard ? "Python's own module '" : "the package '") + module
                        + "'. Whoever imports " + module
                        + " beside it gets this file instead, with errors that are hard to understand.",
                "Give it another name: git mv " + ShellWord.of(path) + " "
                        + ShellWord.of(path.replaceFirst("\\.py$", "_own.py"))
                        + ", and change the imports that mean it.");
    }
}
