package org.labharness.pipeline.preflight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.History;
import org.labharness.pipeline.checkout.IgnoreLine;
import org.labharness.pipeline.document.MlProjects;
import org.labharness.pipeline.document.PythonImports;
import org.labharness.pipeline.document.PythonSource;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.evidence.ToolFacts;
import org.labharness.pipeline.evidence.TreeFacts.Kind;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** The bounded view of a clone that all quirks share: every text is read once. */
final class TreeView {
    private static final int LARGEST_TEXT = 1 << 20;
    private static final long ALL_TEXTS = 48L << 20;
    private static final int MOST_IGNORE_LINES = 2_000;
    private static final int MOST_HIDDEN = 50;
    private static final int MOST_TEXTS = 4_000;
    private static final long ALL_PYTHON = 3L << 20;
    private static final int MOST_PYTHON = 600;
    private static final Set<String> TEXTS = Set.of(
            "py",
            "ipynb",
            "yaml",
            "yml",
            "json",
            "toml",
            "cfg",
            "ini",
            "sh",
            "bash",
            "bat",
            "ps1",
            "txt",
            "env",
            "md",
            "dvc",
            "lock",
            "conf",
            "properties",
            "config",
            "local");
    private static final Set<String> FOREIGN = Set.of(
            "site-packages",
            "node_modules",
            "__pycache__",
            ".ipynb_checkpoints",
            "mlruns",
            "mlartifacts",
            ".venv",
            "venv");

    private final CheckedOut out;
    private final TreeReader tree;
    private final List<PipelineFacts> pipelines;
    private final List<DataFacts> data;
    private final Map<String, Text> texts = new LinkedHashMap<>();
    private final List<PythonFile> python = new ArrayList<>();
    private final History history;
    private final Map<String, List<String>> ignoreLines = new HashMap<>();
    private int askedForHidden;
    private @Nullable String mlproject;
    private @Nullable Scripts scripts;
    private long parsed;
    private boolean complete = true;

    TreeView(CheckedOut out, TreeReader tree, History history, List<PipelineFacts> pipelines, List<DataFacts> data) {
        this.out = out;
        this.history = history;
        this.tree = tree;
        this.pipelines = pipelines;
        this.data = data;
        long total = 0;
        for (TreeFile file : out.tree().files()) {
            if (!isOwnText(file)) {
                continue;
            }
            if (texts.size() >= MOST_TEXTS || total + file.size() > ALL_TEXTS) {
                complete = false;
            } else {
                total += file.size();
                tree.text(file.path(), LARGEST_TEXT).ifPresent(text -> texts.put(file.path(), text));
            }
        }
        texts.forEach((path, text) -> {
            if (path.endsWith(".py")) {
                parse(path, text.content());
            }
        });
    }

    /** A Python file of the submission's own. */
    record PythonFile(String path, PythonSource source) {
        Optional<Module> module() {
            return source instanceof Module module ? Optional.of(module) : Optional.empty();
        }

        boolean imports(String name) {
            return PythonImports.of(path, source).stream()
                    .anyMatch(each -> each.module().equals(name));
        }
    }

    private void parse(String path, String text) {
        if (parsed + text.length() > ALL_PYTHON || python.size() >= MOST_PYTHON) {
            complete = false;
            return;
        }
        parsed += text.length();
        python.add(new PythonFile(path, PythonSource.of(text)));
    }

    /** Whether every text of the submission's own was read. */
    boolean complete() {
        return complete;
    }

    History history() {
        return history;
    }

    /** Where a path leads when the committed links on it are followed. */
    String place(String path) {
        return tree.followed(path);
    }

    /** The parsed file at a path. */
    Optional<PythonFile> python(String named) {
        String path = place(named);
        return python.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** Whether Git keeps anything in a folder. */
    boolean hasFolder(String folder) {
        return tree.isDirectory(folder);
    }

    private static boolean isOwnText(TreeFile file) {
        String name = name(file.path());
        int dot = name.lastIndexOf('.');
        boolean known =
                dot < 0 || TEXTS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT)) || name.startsWith(".env");
        // What a link leads to is read at its own place.
        return known && file.kind() != Kind.SYMLINK && file.size() <= LARGEST_TEXT && !isForeign(file.path());
    }

    /** Whether a path lies in installed packages or caches, which are nobody's own work. */
    static boolean isForeign(String path) {
        return Stream.of(path.split("/", -1)).anyMatch(FOREIGN::contains);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    CheckedOut out() {
        return out;
    }

    TreeReader tree() {
        return tree;
    }

    List<TreeFile> files() {
        return out.tree().files();
    }

    /** The committed file at a path, or those below it; found by bisection, for there may be many outputs and many files. */
    Stream<TreeFile> files(String path) {
        List<TreeFile> all = files();
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (all.get(middle).path().compareTo(path) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return all.subList(low, all.size()).stream()
                .takeWhile(file -> file.path().startsWith(path))
                .filter(file -> Paths.isWithin(file.path(), path));
    }

    /** Says which line of a {@code .gitignore} hides a path, to follow a hint; empty where none does. */
    String hidden(String path) {
        return hiding(path)
                .map(line -> " " + line.where() + " ('" + line.pattern() + "') hides " + path
                        + " from Git: take that line out first.")
                .orElse("");
    }

    /** The line of a {@code .gitignore} that hides a path; empty where none does, and where that was asked too often. */
    Optional<IgnoreLine> hiding(String path) {
        return askedForHidden++ >= MOST_HIDDEN ? Optional.empty() : IgnoreLine.of(path, this::ignoreLines);
    }

    private List<String> ignoreLines(String file) {
        return ignoreLines.computeIfAbsent(
                file,
                name -> tree.text(name, LARGEST_TEXT)
                        .map(text ->
                                text.content().lines().limit(MOST_IGNORE_LINES).toList())
                        .orElse(List.of()));
    }

    boolean has(String path) {
        return tree.isFile(path);
    }

    List<PipelineFacts> pipelines() {
        return pipelines;
    }

    List<DataFacts> data() {
        return data;
    }

    /** The text at a path. */
    Optional<Text> text(String path) {
        Text read = texts.get(path);
        return read != null || place(path).equals(path) ? Optional.ofNullable(read) : tree.text(path, LARGEST_TEXT);
    }

    /** Texts of the submission's own by path; those that links lead to are at their own places. */
    Map<String, Text> texts() {
        return texts;
    }

    List<PythonFile> python() {
        return python;
    }

    Stream<Stage> stages() {
        return pipelines.stream().flatMap(pipeline -> pipeline.stages().stream());
    }

    ToolFacts tools() {
        return new ToolFacts(usesDvc(), usesMlflow(), mlproject());
    }

    boolean usesDvc() {
        return !pipelines.isEmpty()
                || files().stream()
                        .anyMatch(file ->
                                file.path().startsWith(".dvc/") || file.path().endsWith(".dvc"));
    }

    /** Whether code imports MLflow or a command calls it. */
    boolean usesMlflow() {
        boolean imported = python.stream().anyMatch(file -> file.imports("mlflow"));
        return imported
                || !mlproject().isEmpty()
                || stages().flatMap(stage -> stage.commands().stream()).anyMatch(command -> command.contains("mlflow"))
                || texts.entrySet().stream()
                        .anyMatch(text -> text.getKey().endsWith(".ipynb")
                                && text.getValue().content().contains("import mlflow"));
    }

    /** The MLproject file nearest to the root; empty where there is none. */
    String mlproject() {
        if (mlproject == null) {
            mlproject = MlProjects.nearest(files().stream().map(TreeFile::path).filter(path -> !isForeign(path)))
                    .orElse("");
        }
        return mlproject;
    }

    /** What stages run, worked out once. */
    Scripts scripts() {
        if (scripts == null) {
            scripts = new Scripts(this);
        }
        return scripts;
    }
}
