package org.labharness.pipeline.environment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.document.PythonImports.Imported;
import org.labharness.pipeline.evidence.EnvironmentFacts;

/**
 * Packages that the code imports and the environment that was made of its declaration lacks: all of them at once, where a run shows only
 * the first that it comes to. Only packages that are known for certain are named.
 */
public final class LackingPackages {
    private static final int MOST = 10;
    private static final int MOST_ENTRIES = 5_000;

    private LackingPackages() {}

    /**
     * @param imports of the scripts that are run, in their order
     * @param paths of the submission's files
     * @param told what failed commands printed last: a package that stands there is told already
     * @param severity of what is found
     */
    public static List<Finding> of(
            PreparedEnvironment environment,
            List<Imported> imports,
            Collection<String> paths,
            Collection<String> told,
            Severity severity) {
        Path venv = environment.venv();
        List<String> declared = environment.facts().declaredIn();
        if (venv == null || declared.isEmpty() || imports.isEmpty()) {
            return List.of();
        }
        Set<String> there = modules(venv.resolve("lib/python" + environment.python() + "/site-packages"));
        if (there.isEmpty()) {
            return List.of(); // it could not be read, so nothing is known
        }
        Path own = environment.own();
        if (own != null) {
            there.addAll(modules(own.resolve("site")));
        }
        there.addAll(ImportedPackages.own(
                paths.stream().filter(path -> path.endsWith(".py")).toList()));
        KnownPackages known = KnownPackages.get();
        Set<String> setAside = environment.facts().setAside().stream()
                .map(each -> Requirement.normalize(each.requirement().split("[^A-Za-z0-9._-]", 2)[0]))
                .collect(Collectors.toSet());
        Map<String, Imported> lacking = new LinkedHashMap<>();
        imports.stream()
                .filter(each -> !each.optional() && !there.contains(each.module()) && !known.isStandard(each.module()))
                .filter(each -> told.stream().noneMatch(line -> line.contains("'" + each.module() + "'")))
                .forEach(each -> known.ofImport(each.whole())
                        .filter(name -> !setAside.contains(Requirement.normalize(name)))
                        .ifPresent(name -> lacking.putIfAbsent(name, each)));
        return lacking.entrySet().stream()
                .limit(MOST)
                .map(each -> finding(each.getKey(), each.getValue(), environment.facts(), severity))
                .toList();
    }

    /** What is importable by its first name, as far as the names in a folder of packages tell. */
    private static Set<String> modules(Path site) {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(site)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString().split("\\.", 2)[0]);
                if (names.size() > MOST_ENTRIES) {
                    break;
                }
            }
        } catch (IOException e) {
            return new HashSet<>();
        }
        return names;
    }

    private static Finding finding(String name, Imported imported, EnvironmentFacts facts, Severity severity) {
        String file = facts.declaredIn().getFirst();
        Place where = imported.where();
        boolean labs = file.equals("lab.yaml");
        return new Finding(
                "env.not-installed",
                severity,
                where,
                where + " imports " + imported.whole() + ", which comes with the package " + name + ". "
                        + (labs
                                ? "It is not among the packages of this lab"
                                : file + " does not ask for it, and nothing that it asks for brings it along")
                        + ", so a script that comes to that line ends there.",
                labs ? "Do without it, or ask your instructor for it." : hint(name, file));
    }

    private static String hint(String name, String file) {
        if (file.endsWith("uv.lock")) {
            return "Run: uv add " + name + ", and commit pyproject.toml and " + file + ".";
        }
        if (file.endsWith("poetry.lock")) {
            return "Run: poetry add " + name + ", and commit pyproject.toml and " + file + ".";
        }
        return "Add " + name + " to " + file + ".";
    }
}
