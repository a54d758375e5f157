package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/** What pyproject.toml declares: the standard's dependencies, Poetry's, and the groups that uv and Poetry install unasked. */
final class ProjectFile {
    private static final int DEEPEST = 10;

    private final TreeReader tree;
    private final Declarations into;
    private final String folder;
    private final String file;
    private Doc document = new Doc.Mapping(Map.of(), Map.of(), 0);
    private Map<String, Doc> sources = Map.of();

    /** Of the repository's root. */
    ProjectFile(TreeReader tree, Declarations into) {
        this(tree, into, "");
    }

    ProjectFile(TreeReader tree, Declarations into, String folder) {
        this.tree = tree;
        this.into = into;
        this.folder = folder;
        this.file = folder.isEmpty() ? "pyproject.toml" : folder + "/pyproject.toml";
    }

    /** With the groups that are installed unasked, and the project itself where it can be built. */
    void read() {
        if (open()) {
            dependencies(Set.of());
            groups();
            itself();
        }
    }

    /** What the project itself needs, with some of its extras. */
    boolean readAsPackage(Set<String> extras) {
        if (!open()) {
            return false;
        }
        dependencies(extras);
        return true;
    }

    private boolean open() {
        Optional<Doc> found = tree.isFile(file) ? Documents.read(tree, file).document() : Optional.empty();
        if (found.isEmpty()) {
            return false;
        }
        document = found.get();
        sources = document.mapping("tool").mapping("uv").mapping("sources").entries();
        into.readFrom(file);
        return true;
    }

    private Doc.Mapping poetry() {
        return document.mapping("tool").mapping("poetry");
    }

    private void dependencies(Set<String> extras) {
        Doc.Mapping project = document.mapping("project");
        project.get("requires-python").flatMap(Doc::string).ifPresent(into::askForPython);
        project.get("dependencies").ifPresent(this::lines);
        extras.forEach(
                extra -> project.mapping("optional-dependencies").get(extra).ifPresent(this::lines));
        poetryTable(poetry().mapping("dependencies"));
        document.mapping("tool")
                .mapping("setuptools")
                .mapping("dynamic")
                .mapping("dependencies")
                .get("file")
                .ifPresent(this::dynamic);
    }

    private void dynamic(Doc files) {
        RequirementsFile reader = new RequirementsFile(tree, into);
        files.items().stream()
                .flatMap(item -> item.string().stream())
                .flatMap(path -> RelativePath.resolve(folder, path).stream())
                .forEach(reader::read);
    }

    private void groups() {
        Doc.Mapping uv = document.mapping("tool").mapping("uv");
        uv.get("dev-dependencies").ifPresent(this::lines);
        List<String> wanted = uv.get("default-groups")
                .map(list -> list.items().stream()
                        .flatMap(item -> item.string().stream())
                        .toList())
                .orElse(List.of("dev"));
        wanted.forEach(name -> group(name, new HashSet<>()));
        poetryTable(poetry().mapping("dev-dependencies"));
        poetry().mapping("group").entries().values().stream()
                .filter(group -> group.get("optional").filter(Doc::isTrue).isEmpty())
                .forEach(group -> poetryTable(group.mapping("dependencies")));
    }

    private void group(String name, Set<String> seen) {
        if (!seen.add(name) || seen.size() > DEEPEST) {
            return;
        }
        for (Doc item :
                document.mapping("dependency-groups").get(name).map(Doc::items).orElse(List.of())) {
            item.get("include-group").flatMap(Doc::string).ifPresent(other -> group(other, seen));
            item.string().ifPresent(text -> line(text, item.line()));
        }
    }

    private void lines(Doc list) {
        for (Doc item : list.items()) {
            item.string().filter(text -> !text.isBlank()).ifPresent(text -> line(text, item.line()));
        }
    }

    private void line(String text, int number) {
        Place where = new Place(file, number);
        String name = text.strip().replaceFirst("[^A-Za-z0-9._-].*$", "");
        Optional<Doc> source = sources.entrySet().stream()
                .filter(entry -> Requirement.normalize(entry.getKey()).equals(Requirement.normalize(name)))
                .map(Map.Entry::getValue)
                .findFirst();
        if (source.isEmpty() || !elsewhere(name, source.get(), where)) {
            into.add(text, where);
        }
    }

    /** Whether a package is said to come from somewhere else than an index: the index may have a stranger's under its name. */
    private boolean elsewhere(String name, Doc source, Place where) {
        Optional<String> path = source.get("path").flatMap(Doc::string);
        if (path.isPresent() || source.get("workspace").filter(Doc::isTrue).isPresent()) {
            path.ifPresent(folder -> localFolder(name, folder, where));
            return true;
        }
        List<String> address = new ArrayList<>();
        source.get("git").flatMap(Doc::string).ifPresent(url -> address.add("git+" + url + reference(source)));
        source.get("url").flatMap(Doc::string).ifPresent(address::add);
        address.forEach(one -> into.address(new Requirement(name, name, name + " @ " + one, where, true)));
        return !address.isEmpty();
    }

    private static String reference(Doc source) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String key : List.of("rev", "tag", "branch")) {
            source.get(key).flatMap(Doc::string).ifPresent(value -> found.put(key, value));
        }
        return found.isEmpty() ? "" : "@" + found.values().iterator().next();
    }

    private void localFolder(String name, String path, Place where) {
        Optional<String> inside = RelativePath.resolve(folder, path);
        if (inside.isPresent() && tree.isDirectory(inside.get())) {
            into.local(new LocalPackage(inside.get(), Set.of(), false, name + " (" + path + ")", where));
        } else {
            into.setAside(new Aside(
                    name + " (" + path + ")",
                    where,
                    Why.FOREIGN_FILE,
                    "names a file of another machine; it was left out",
                    true));
        }
    }

    private void poetryTable(Doc.Mapping table) {
        table.entries().forEach((name, value) -> {
            Place where = new Place(file, table.lineOf(name));
            Doc one = value instanceof Doc.Sequence list && !list.items().isEmpty()
                    ? list.items().getFirst()
                    : value;
            if (name.equals("python")) {
                one.string().ifPresent(into::askForPython);
            } else if (!elsewhere(name, one, where)
                    && one.get("optional").filter(Doc::isTrue).isEmpty()) {
                into.add(PoetryVersion.requirement(name, one), where);
            }
        });
    }

    /** uv and Poetry install the project too, so that its modules are found whatever folder a command runs in. */
    private void itself() {
        boolean built = document.get("build-system").isPresent()
                && document.mapping("tool")
                        .mapping("uv")
                        .get("package")
                        .map(Doc::isTrue)
                        .orElse(true)
                && poetry().get("package-mode").map(Doc::isTrue).orElse(true);
        if (built && into.local().stream().noneMatch(own -> own.folder().equals(folder))) {
            into.local(new LocalPackage(folder, Set.of(), true, "the project itself", Place.of(file)));
        }
    }
}
