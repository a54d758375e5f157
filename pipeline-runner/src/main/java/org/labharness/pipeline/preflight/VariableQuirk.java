package org.labharness.pipeline.preflight;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Lookup;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonValue.Text;
import org.labharness.pipeline.preflight.TreeView.PythonFile;

/** Environment variables that scripts cannot do without and that nothing in the repository sets. */
final class VariableQuirk implements Quirk {
    private static final int MOST = 10;
    private static final String SETTINGS = ".env";

    /** What every machine has, what MLflow and DVC set, and what the grader sets for each command. */
    private static final Pattern THERE =
            Pattern.compile("HOME|PATH|USER|LANG|LC_ALL|TMPDIR|PWD|OLDPWD|SHLVL|HOSTNAME|VIRTUAL_ENV"
                    + "|PYTHON\\w*|MLFLOW_(?:TRACKING_URI|RUN_ID|EXPERIMENT_ID|EXPERIMENT_NAME|ALLOW_FILE_STORE|DISABLE_TELEMETRY"
                    + "|HTTP_REQUEST_\\w+)|DVC_(?:ROOT|STAGE|NO_ANALYTICS|SITE_CACHE_DIR)|MPLBACKEND|MPLCONFIGDIR"
                    + "|(?:OMP|OPENBLAS|MKL)_NUM_THREADS|DO_NOT_TRACK|GIT_(?:PYTHON_REFRESH|CONFIG_\\w+)|PIP_\\w+"
                    + "|(?:HF_HUB|HF_DATASETS|TRANSFORMERS|UV)_OFFLINE|WANDB_(?:MODE|DIR)");

    /** What only tells how a variable might be set. */
    private static final Pattern TELLS_ONLY = Pattern.compile("(?i).*\\.(?:md|rst|txt|ipynb)|(?:.*/)?[^/]*"
            + "(?:env[^/]*(?:example|sample|template|dist)|(?:example|sample|template)[^/]*env)[^/]*");

    private static final Pattern SECRET = Pattern.compile("(?i).*(?:KEY|TOKEN|SECRET|PASS(?:WORD|WD)?|CREDENTIALS?)");

    private record Found(PythonFile file, Lookup lookup) {}

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Set<String> seen = new HashSet<>();
        view.scripts().reachable().stream()
                .flatMap(file -> file.module().stream()
                        .flatMap(module -> module.lookups().stream())
                        .map(lookup -> new Found(file, lookup)))
                .filter(found -> !THERE.matcher(found.lookup().name()).matches())
                .filter(found -> seen.add(found.lookup().name()))
                .limit(MOST)
                .filter(found -> !isSet(view, found.lookup().name()))
                .forEach(found -> findings.accept(finding(view, found)));
    }

    private static boolean isSet(TreeView view, String name) {
        Pattern inCode = Pattern.compile("['\"]" + name + "['\"]\\s*:");
        Pattern elsewhere = Pattern.compile("(?<![\\w${])" + name + "['\"]?\\s*[:=]|\\bENV\\s+" + name + "\\s");
        return view.python().stream()
                        .anyMatch(file -> file.module()
                                .filter(module -> sets(module, name))
                                .isPresent())
                || view.texts().entrySet().stream()
                        .filter(text -> text.getValue().content().contains(name))
                        .filter(text -> !TELLS_ONLY.matcher(text.getKey()).matches())
                        .anyMatch(text -> (text.getKey().endsWith(".py") ? inCode : elsewhere)
                                .matcher(text.getValue().content())
                                .find());
    }

    private static boolean sets(Module module, String name) {
        return module.assignments().stream().anyMatch(each -> each.target().equals("os.environ[" + name + "]"))
                || module.calls().stream().anyMatch(call -> sets(call, name));
    }

    private static boolean sets(Call call, String name) {
        boolean first = !call.arguments().isEmpty()
                && call.arguments().getFirst() instanceof Text text
                && text.text().equals(name);
        return switch (call.callee()) {
            case "os.environ.setdefault", "os.putenv" -> first;
            case "os.environ.update" -> call.keywords().containsKey(name);
            default -> false;
        };
    }

    private static Finding finding(TreeView view, Found found) {
        String name = found.lookup().name();
        Place where = new Place(found.file().path(), found.lookup().line());
        return FindingCode.CODE_UNSET_VARIABLE.at(
                where,
                where + " reads the environment variable " + name + ", which nothing in the repository sets"
                        + settings(view) + ". In a clean clone it fails with KeyError: '" + name + "'.",
                SECRET.matcher(name).matches()
                        ? "A run has no secrets: let the code go on without, os.environ.get(\"" + name
                                + "\"), and keep the value itself out of Git."
                        : "Give it a default, os.environ.get(\"" + name
                                + "\", ...), or write the value into params.yaml, or commit a .env that holds no secrets (git add -f .env).");
    }

    /** Where the author's own machine has it from, in brackets. */
    private static String settings(TreeView view) {
        if (view.has(SETTINGS)) {
            return " (" + SETTINGS + ", which is in Git, has no line for it)";
        }
        return view.hiding(SETTINGS)
                .map(line -> " (" + SETTINGS + " is not in Git: " + line.where() + " hides it)")
                .orElseGet(() -> loads(view) ? " (" + SETTINGS + ", which the code loads, is not in Git)" : "");
    }

    private static boolean loads(TreeView view) {
        return view.python().stream()
                .flatMap(file -> file.module().stream())
                .flatMap(module -> module.calls().stream())
                .anyMatch(call ->
                        call.callee().endsWith("load_dotenv") || call.callee().endsWith("dotenv_values"));
    }
}
