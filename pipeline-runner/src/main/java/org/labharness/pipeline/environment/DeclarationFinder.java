package org.labharness.pipeline.environment;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Place;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.MlProjects;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.document.TreeReader;

/**
 * Finds what a submission declares. The first of these that declares anything counts: the lab, lock files, requirements files at the
 * root, pyproject.toml with setup.cfg and setup.py, conda, MLproject and Pipenv environments, requirements files one folder below; else
 * what the code imports.
 */
final class DeclarationFinder {
    private static final Pattern REQUIREMENTS = Pattern.compile(
            "(?:.*/)?requirements?[\\w.-]*\\.txt|requirements?/[\\w.-]+\\.txt", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_FOR_RUNNING = Pattern.compile("dev|test|lint|doc", Pattern.CASE_INSENSITIVE);
    private static final List<String> CONDA =
            List.of("conda.yaml", "conda.yml", "environment.yml", "environment.yaml", "conda_env.yaml");
    private static final int MOST_ENTRIES = 20_000;
    private static final int LARGEST = 1 << 20;
    private static final Set<String> FOREIGN =
            Set.of(".git", ".dvc", "venv", ".venv", "node_modules", "mlruns", "mlartifacts");

    private final TreeReader tree;
    private final PythonVersion python;
    private final Declarations into = new Declarations();

    private DeclarationFinder(TreeReader tree, PythonVersion python) {
        this.tree = tree;
        this.python = python;
    }

    /** @param python for which conditions of requirements are looked at */
    static Declarations find(TreeReader tree, EnvironmentSpec spec, PythonVersion python) {
        DeclarationFinder finder = new DeclarationFinder(tree, python);
        finder.python();
        if (spec.packages().isEmpty()) {
            finder.submission();
        } else {
            finder.into.readFrom("lab.yaml");
            spec.packages().forEach(line -> finder.into.add(line, Place.of("lab.yaml")));
        }
        return finder.into;
    }

    private void submission() {
        List<String> paths = tree.list("", MOST_ENTRIES, FOREIGN).files().stream()
                .map(TreeReader.FoundFile::path)
                .toList();
        List<String> files = paths.stream()
                .filter(path -> path.chars().filter(c -> c == '/').count() < 2)
                .filter(path -> REQUIREMENTS.matcher(path).matches())
                .toList();
        Stream<Runnable> sources = Stream.of(
                () -> new LockFiles(tree, into, python).read(),
                () -> requirements(
                        files.stream().filter(path -> !path.contains("/")).toList()),
                () -> new ProjectFile(tree, into).read(),
                () -> new SetupFiles(tree, into, "").read(),
                () -> MlProjects.nearest(paths.stream()).ifPresent(this::ofProject),
                () -> CONDA.forEach(file -> new CondaFile(tree, into).read(file)),
                () -> pythonEnvironment("python_env.yaml"),
                () -> PipenvFile.read(tree, into),
                () -> ofFolders(
                        files.stream().filter(path -> path.contains("/")).toList()),
                () -> ImportedPackages.declare(tree, into));
        sources.takeWhile(source -> into.isEmpty()).forEach(Runnable::run);
        needsOfLocalPackages();
    }

    /** The plain name where it is there, else all that do not say that they are for something else than running. */
    private void requirements(List<String> files) {
        RequirementsFile reader = new RequirementsFile(tree, into);
        Optional<String> plain = files.stream()
                .filter(file -> file.toLowerCase(Locale.ROOT).endsWith("requirements.txt"))
                .findFirst();
        if (plain.isPresent()) {
            reader.read(plain.get());
            return;
        }
        files.stream().filter(file -> !NOT_FOR_RUNNING.matcher(file).find()).forEach(reader::read);
    }

    private void python() {
        tree.text(".python-version", 1_000)
                .ifPresent(text ->
                        into.askForPython(text.content().lines().findFirst().orElse("")));
        tree.text("runtime.txt", 1_000)
                .ifPresent(text -> into.askForPython(
                        text.content().strip().toLowerCase(Locale.ROOT).replaceFirst("^python-", "")));
        document("uv.lock", Documents.Form.TOML)
                .ifPresent(
                        doc -> doc.get("requires-python").flatMap(Doc::string).ifPresent(into::askForPython));
        document("pyproject.toml", Documents.Form.TOML).ifPresent(doc -> {
            doc.mapping("project").get("requires-python").flatMap(Doc::string).ifPresent(into::askForPython);
            doc.mapping("tool")
                    .mapping("poetry")
                    .mapping("dependencies")
                    .get("python")
                    .flatMap(Doc::string)
                    .ifPresent(into::askForPython);
        });
        document("python_env.yaml", Documents.Form.YAML)
                .ifPresent(doc -> doc.get("python").flatMap(Doc::string).ifPresent(into::askForPython));
        document("Pipfile", Documents.Form.TOML)
                .ifPresent(doc -> doc.mapping("requires")
                        .get("python_version")
                        .flatMap(Doc::string)
                        .ifPresent(into::askForPython));
    }

    /** What an MLproject names as its environment, whatever that file is called. */
    private void ofProject(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        document(path, Documents.Form.YAML).ifPresent(doc -> {
            named(doc, "python_env", folder).ifPresent(this::pythonEnvironment);
            named(doc, "conda_env", folder).ifPresent(file -> new CondaFile(tree, into).read(file));
        });
    }

    private static Optional<String> named(Doc project, String key, String folder) {
        return project.get(key).flatMap(Doc::string).flatMap(file -> RelativePath.resolve(folder, file));
    }

    private void pythonEnvironment(String file) {
        Optional<Doc> found = document(file, Documents.Form.YAML);
        found.flatMap(doc -> doc.get("python")).flatMap(Doc::string).ifPresent(into::askForPython);
        found.flatMap(doc -> doc.get("dependencies")).ifPresent(list -> {
            into.readFrom(file);
            RequirementsFile lines = new RequirementsFile(tree, into);
            list.items()
                    .forEach(item -> item.string()
                            .filter(text -> !text.isBlank())
                            .ifPresent(text -> lines.line(text, new Place(file, item.line()))));
        });
    }

    /** One for each folder that holds some: those that the pipeline speaks of, if it speaks of any. */
    private void ofFolders(List<String> files) {
        Map<String, List<String>> byFolder = files.stream()
                .collect(Collectors.groupingBy(
                        file -> file.substring(0, file.lastIndexOf('/') + 1), TreeMap::new, Collectors.toList()));
        String spoken = Stream.of("dvc.yaml", "MLproject", "Makefile")
                .flatMap(file -> tree.text(file, LARGEST).stream())
                .map(Text::content)
                .collect(Collectors.joining("\n"));
        boolean any = byFolder.keySet().stream().anyMatch(spoken::contains);
        byFolder.forEach((folder, those) -> {
            if (!any || spoken.contains(folder)) {
                requirements(those);
            }
        });
    }

    /** Whoever writes {@code -e .} means what the project needs as well. */
    private void needsOfLocalPackages() {
        for (LocalPackage own : into.local()) {
            boolean projectIsNew = !into.hasRead(own.file("pyproject.toml"));
            boolean setupIsNew = !into.hasRead(own.file("setup.py")) && !into.hasRead(own.file("setup.cfg"));
            if (projectIsNew) {
                new ProjectFile(tree, into, own.folder()).readAsPackage(own.extras());
            }
            if (setupIsNew) {
                new SetupFiles(tree, into, own.folder()).read();
            }
        }
    }

    private Optional<Doc> document(String file, Documents.Form form) {
        return tree.isFile(file) ? Documents.read(tree, file, form).document() : Optional.empty();
    }
}
