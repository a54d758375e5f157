package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/**
 * Environments of conda. Its names are not those of the package index, so only known ones are translated: a stranger could have taken
 * any other. What stands under {@code pip:} is taken as in a requirements file.
 */
final class CondaFile {
    private static final Pattern ENTRY = Pattern.compile(
            "(?:[A-Za-z0-9_./-]+::)?([A-Za-z0-9._-]+)\\s*(==|=|>=|<=|>|<|!=)?\\s*([\\d][\\w.*!+]*)?(.*)");
    /** No Python packages, or there anyway. */
    private static final Set<String> NOT_PYTHONS = Set.of(
            "pip",
            "wheel",
            "python_abi",
            "cudatoolkit",
            "cudnn",
            "cuda",
            "pytorch-cuda",
            "cpuonly",
            "nodejs",
            "git",
            "conda",
            "make",
            "gcc",
            "gxx",
            "compilers",
            "openssl",
            "libgcc-ng",
            "openjdk",
            "r-base");

    private static final int SHOWN = 8;

    private final TreeReader tree;
    private final Declarations into;
    private final List<String> unknown = new ArrayList<>();
    private @Nullable Place firstUnknown;

    CondaFile(TreeReader tree, Declarations into) {
        this.tree = tree;
        this.into = into;
    }

    void read(String file) {
        Optional<Doc> dependencies = tree.isFile(file)
                ? Documents.read(tree, file).document().flatMap(doc -> doc.get("dependencies"))
                : Optional.empty();
        if (dependencies.isEmpty() || !into.isEmpty()) {
            return;
        }
        into.readFrom(file);
        for (Doc item : dependencies.get().items()) {
            item.get("pip").ifPresent(list -> pip(list, file));
            item.string().ifPresent(text -> entry(text, new Place(file, item.line())));
        }
        end();
    }

    private void pip(Doc list, String file) {
        RequirementsFile lines = new RequirementsFile(tree, into);
        list.items().forEach(item -> item.string().ifPresent(text -> lines.line(text, new Place(file, item.line()))));
    }

    /** One line such as {@code numpy=1.24}, which means 1.24 and its patches. */
    void entry(String text, Place where) {
        Matcher entry = ENTRY.matcher(text.strip());
        if (!entry.matches()) {
            return;
        }
        String name = entry.group(1);
        String version = entry.group(3);
        if (name.equals("python")) {
            into.askForPython(version == null ? "" : version);
            return;
        }
        Optional<String> known = KnownPackages.get().ofConda(name);
        if (known.isEmpty()) {
            missing(name, where);
            return;
        }
        into.suggest(known.get() + (version == null ? "" : clause(entry.group(2), version, entry.group(4))), where);
    }

    private static String clause(@Nullable String operator, String version, String rest) {
        boolean build = rest.startsWith("=");
        if (operator == null || operator.equals("=")) {
            return "==" + version + (build || version.endsWith("*") ? "" : ".*");
        }
        String more = rest.replaceAll("\\s", "");
        return operator + version + (more.matches("(,(==|>=|<=|>|<|!=)[\\w.*]+)+") ? more : "");
    }

    private void missing(String name, Place where) {
        if (!NOT_PYTHONS.contains(name) && !name.startsWith("_") && !name.startsWith("lib")) {
            unknown.add(name);
            firstUnknown = firstUnknown == null ? where : firstUnknown;
        }
    }

    /** Says what was left out, in one sentence. */
    void end() {
        if (firstUnknown == null) {
            return;
        }
        String shown = String.join(", ", unknown.subList(0, Math.min(SHOWN, unknown.size())));
        into.setAside(new Aside(
                shown + (unknown.size() > SHOWN ? " and " + (unknown.size() - SHOWN) + " more" : ""),
                firstUnknown,
                Why.CONDA_ONLY,
                (unknown.size() == 1 ? "is a package" : "are packages")
                        + " of conda that the harness cannot name for certain in the package index; left out",
                false));
    }
}
