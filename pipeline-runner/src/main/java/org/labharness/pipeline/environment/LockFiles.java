package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.lab.Place;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/** Lock files, which pin every package: uv.lock, poetry.lock, pdm.lock, pylock.toml, Pipfile.lock, conda-lock.yml; the first one counts. */
final class LockFiles {
    private final TreeReader tree;
    private final Declarations into;
    private final PythonVersion python;

    LockFiles(TreeReader tree, Declarations into, PythonVersion python) {
        this.tree = tree;
        this.into = into;
        this.python = python;
    }

    void read() {
        uv();
        if (into.isEmpty()) {
            poetry();
        }
        if (into.isEmpty()) {
            flat("pdm.lock", "package");
        }
        if (into.isEmpty()) {
            flat("pylock.toml", "packages");
        }
        if (into.isEmpty()) {
            pipenv();
        }
        if (into.isEmpty()) {
            conda();
        }
    }

    private Optional<Doc> document(String file, Documents.Form form) {
        return tree.isFile(file) ? Documents.read(tree, file, form).document() : Optional.empty();
    }

    private static String text(Doc doc, String key) {
        return doc.get(key).flatMap(Doc::string).orElse("");
    }

    private void uv() {
        String file = "uv.lock";
        Optional<Doc> lock = document(file, Documents.Form.TOML);
        if (lock.isEmpty()) {
            return;
        }
        into.readFrom(file);
        LockGraph graph = new LockGraph(python);
        List<LockGraph.Edge> roots = new ArrayList<>();
        for (Doc item : lock.get().get("package").map(Doc::items).orElse(List.of())) {
            Doc.Mapping source = item.mapping("source");
            if (source.entries().keySet().stream().anyMatch(Set.of("virtual", "editable")::contains)) {
                roots.addAll(edges(item.get("dependencies")));
                item.mapping("dev-dependencies")
                        .entries()
                        .values()
                        .forEach(group -> roots.addAll(edges(Optional.of(group))));
            } else {
                graph.add(uvNode(item, source, file));
            }
        }
        graph.walk(roots, into);
        project().local().forEach(into::local);
    }

    private Declarations project() {
        Declarations project = new Declarations();
        new ProjectFile(tree, project).read();
        return project;
    }

    private static LockGraph.Node uvNode(Doc item, Doc.Mapping source, String file) {
        Map<String, List<LockGraph.Edge>> extras = new LinkedHashMap<>();
        item.mapping("optional-dependencies")
                .entries()
                .forEach((extra, list) -> extras.put(extra, edges(Optional.of(list))));
        String address = source.get("registry").isPresent()
                ? ""
                : source.entries().values().stream()
                        .findFirst()
                        .flatMap(Doc::string)
                        .orElse("");
        return new LockGraph.Node(
                text(item, "name"),
                text(item, "version"),
                item.get("resolution-markers").map(LockFiles::strings).orElse(List.of()),
                address,
                edges(item.get("dependencies")),
                extras,
                new Place(file, item.line()));
    }

    private static List<String> strings(Doc list) {
        return list.items().stream().flatMap(one -> one.string().stream()).toList();
    }

    /** {@code [{name = "torch", marker = "...", extra = ["cpu"]}]}. */
    private static List<LockGraph.Edge> edges(Optional<Doc> list) {
        return list.map(Doc::items).orElse(List.of()).stream()
                .map(edge -> new LockGraph.Edge(
                        text(edge, "name"),
                        text(edge, "marker"),
                        edge.get("extra")
                                .map(LockFiles::strings)
                                .map(LinkedHashSet::new)
                                .orElse(new LinkedHashSet<>())))
                .toList();
    }

    /** Names the packages; what of them is needed is said by pyproject.toml, without which all of the main group are. */
    private void poetry() {
        String file = "poetry.lock";
        Optional<Doc> lock = document(file, Documents.Form.TOML);
        if (lock.isEmpty()) {
            return;
        }
        LockGraph graph = new LockGraph(python);
        for (Doc item : lock.get().get("package").map(Doc::items).orElse(List.of())) {
            graph.add(poetryNode(item, file));
        }
        if (graph.isEmpty()) {
            return;
        }
        Declarations project = project();
        List<LockGraph.Edge> roots = project.requirements().stream()
                .map(one -> new LockGraph.Edge(one.name(), one.marker(), extras(one.line())))
                .toList();
        into.readFrom(file);
        graph.walk(
                roots.isEmpty()
                        ? graph.all().stream()
                                .map(node -> new LockGraph.Edge(node.name(), "", Set.of()))
                                .toList()
                        : roots,
                into);
        project.local().forEach(into::local);
    }

    private static Set<String> extras(String line) {
        int open = line.indexOf('[');
        int close = line.indexOf(']');
        return open < 0 || close < open
                ? Set.of()
                : Set.copyOf(new LinkedHashSet<>(
                        List.of(line.substring(open + 1, close).split(",", -1))));
    }

    private static LockGraph.Node poetryNode(Doc item, String file) {
        List<LockGraph.Edge> edges = new ArrayList<>();
        List<LockGraph.Edge> optional = new ArrayList<>();
        item.mapping("dependencies").entries().forEach((name, value) -> {
            for (Doc one : value instanceof Doc.Sequence list ? list.items() : List.of(value)) {
                boolean isOptional = one.get("optional").filter(Doc::isTrue).isPresent();
                (isOptional ? optional : edges)
                        .add(new LockGraph.Edge(
                                name,
                                text(one, "markers"),
                                one.get("extras")
                                        .map(LockFiles::strings)
                                        .map(Set::copyOf)
                                        .orElse(Set.of())));
            }
        });
        Map<String, List<LockGraph.Edge>> extras = new LinkedHashMap<>();
        item.mapping("extras").entries().forEach((extra, list) -> extras.put(extra, optional));
        Doc.Mapping source = item.mapping("source");
        boolean elsewhere = Set.of("git", "url", "directory", "file").contains(text(source, "type"));
        return new LockGraph.Node(
                text(item, "name"),
                text(item, "version"),
                item.get("markers").flatMap(Doc::string).map(List::of).orElse(List.of()),
                elsewhere ? text(source, "type") + "+" + text(source, "url") : "",
                edges,
                extras,
                new Place(file, item.line()));
    }

    /** Locks that list what to install, each with its marker. */
    private void flat(String file, String key) {
        Optional<Doc> packages = document(file, Documents.Form.TOML).flatMap(lock -> lock.get(key));
        if (packages.isEmpty()) {
            return;
        }
        into.readFrom(file);
        for (Doc item : packages.get().items()) {
            pin(text(item, "name"), text(item, "version"), text(item, "marker"), new Place(file, item.line()));
        }
    }

    private void pin(String name, String version, String marker, Place where) {
        if (!name.isEmpty() && !version.isEmpty() && Markers.hold(marker, python)) {
            into.add(name + (Character.isDigit(version.charAt(0)) ? "==" : "") + version, where);
        }
    }

    private void pipenv() {
        String file = "Pipfile.lock";
        document(file, Documents.Form.JSON).ifPresent(lock -> {
            into.readFrom(file);
            Doc.Mapping packages = lock.mapping("default");
            packages.entries().forEach((name, item) -> {
                Place where = new Place(file, packages.lineOf(name));
                String address = text(item, "git") + text(item, "file");
                if (address.isEmpty()) {
                    pin(name, text(item, "version"), text(item, "markers"), where);
                } else {
                    into.address(new Requirement(name, name, name + " @ " + address, where, true));
                }
            });
        });
    }

    private void conda() {
        String file = "conda-lock.yml";
        Optional<Doc> packages = document(file, Documents.Form.YAML).flatMap(lock -> lock.get("package"));
        if (packages.isEmpty()) {
            return;
        }
        into.readFrom(file);
        CondaFile names = new CondaFile(tree, into);
        for (Doc item : packages.get().items()) {
            String platform = text(item, "platform");
            Place where = new Place(file, item.line());
            if (!platform.isEmpty() && !platform.equals("linux-64")) {
                continue;
            }
            if (text(item, "manager").equals("pip")) {
                pin(text(item, "name"), text(item, "version"), "", where);
            } else {
                names.entry(text(item, "name") + "==" + text(item, "version"), where);
            }
        }
        names.end();
    }
}
