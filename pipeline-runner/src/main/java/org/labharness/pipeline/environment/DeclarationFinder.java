package org.labharness.pipeline.environment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/**
 * Finds what a submission declares. The first of these that declares anything counts: the lab, requirements files at the root,
 * pyproject.toml, conda and MLproject environments, requirements files one folder below.
 */
final class DeclarationFinder {
    private static final Pattern REQUIREMENTS =
            Pattern.compile("requirements?[\\w.-]*\\.txt", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_FOR_RUNNING = Pattern.compile("dev|test|lint|doc", Pattern.CASE_INSENSITIVE);
    private static final List<String> CONDA =
            List.of("conda.yaml", "conda.yml", "environment.yml", "environment.yaml", "conda_env.yaml");
    private static final Pattern CONDA_PIN =
            Pattern.compile("([A-Za-z0-9._-]+)\\s*(=|==|>=|<=|>|<)?\\s*([\\d][\\w.*]*)?.*");
    private static final Set<String> NOT_IN_INDEX =
            Set.of("pip", "cudatoolkit", "cudnn", "nodejs", "git", "conda", "make", "gcc", "openssl", "libgcc-ng");
    private static final int MOST_ENTRIES = 20_000;

    private final TreeReader tree;
    private final Declarations into = new Declarations();

    private DeclarationFinder(TreeReader tree) {
        this.tree = tree;
    }

    static Declarations find(TreeReader tree, EnvironmentSpec spec) {
        DeclarationFinder finder = new DeclarationFinder(tree);
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
        List<String> files =
                tree.list("", MOST_ENTRIES, Set.of(".dvc", "venv", ".venv", "node_modules")).files().stream()
                        .map(TreeReader.FoundFile::path)
                        .filter(path -> path.chars().filter(c -> c == '/').count() < 2)
                        .filter(path -> REQUIREMENTS
                                .matcher(path.substring(path.lastIndexOf('/') + 1))
                                .matches())
                        .toList();
        requirements(files.stream().filter(path -> !path.contains("/")).toList());
        if (into.isEmpty()) {
            project();
        }
        if (into.isEmpty()) {
            CONDA.forEach(this::conda);
        }
        if (into.isEmpty()) {
            mlproject();
        }
        if (into.isEmpty()) {
            requirements(files.stream().filter(path -> path.contains("/")).toList());
        }
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
        document("pyproject.toml")
                .ifPresent(doc -> doc.mapping("project")
                        .get("requires-python")
                        .flatMap(Doc::string)
                        .ifPresent(into::askForPython));
        document("python_env.yaml")
                .ifPresent(doc -> doc.get("python").flatMap(Doc::string).ifPresent(into::askForPython));
    }

    private void project() {
        String file = "pyproject.toml";
        Optional<Doc> document = document(file);
        if (document.isEmpty()) {
            return;
        }
        into.readFrom(file);
        document.get().mapping("project").get("dependencies").ifPresent(list -> addAll(list, file));
        document.get()
                .mapping("tool")
                .mapping("poetry")
                .mapping("dependencies")
                .entries()
                .forEach((name, doc) -> {
                    if (name.equals("python")) {
                        doc.string().ifPresent(into::askForPython);
                    } else {
                        into.add(PoetryVersion.requirement(name, doc), new Place(file, doc.line()));
                    }
                });
    }

    private void mlproject() {
        document("python_env.yaml").flatMap(doc -> doc.get("dependencies")).ifPresent(list -> {
            into.readFrom("python_env.yaml");
            addAll(list, "python_env.yaml");
        });
    }

    private void conda(String file) {
        Optional<Doc> dependencies = document(file).flatMap(doc -> doc.get("dependencies"));
        if (dependencies.isEmpty() || !into.isEmpty()) {
            return;
        }
        into.readFrom(file);
        for (Doc item : dependencies.get().items()) {
            item.get("pip").ifPresent(list -> addAll(list, file));
            item.string().ifPresent(text -> condaPackage(text, new Place(file, item.line())));
        }
    }

    private void condaPackage(String text, Place where) {
        Matcher pin = CONDA_PIN.matcher(text.strip());
        if (!pin.matches()) {
            into.add(text, where);
            return;
        }
        String name = pin.group(1);
        String version = pin.group(3);
        if (name.equals("python")) {
            into.askForPython(version == null ? "" : version);
        } else if (!NOT_IN_INDEX.contains(name) && !name.startsWith("_")) {
            boolean series = "=".equals(pin.group(2)) && version != null && !version.endsWith("*");
            String operator = "=".equals(pin.group(2)) ? "==" : pin.group(2);
            into.add(version == null ? name : name + operator + version + (series ? ".*" : ""), where);
        }
    }

    private void addAll(Doc list, String file) {
        for (Doc item : list.items()) {
            String text = item.string().orElse("");
            Place where = new Place(file, item.line());
            if (text.startsWith("-r")) {
                RelativePath.resolve("", text.substring(2).strip())
                        .ifPresent(path -> new RequirementsFile(tree, into).read(path));
            } else if (!text.isBlank()) {
                into.add(text, where);
            }
        }
    }

    private Optional<Doc> document(String file) {
        return tree.isFile(file) ? Documents.read(tree, file).document() : Optional.empty();
    }
}
