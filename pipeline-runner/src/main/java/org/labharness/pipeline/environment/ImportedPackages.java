package org.labharness.pipeline.environment;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonImports;
import org.labharness.pipeline.document.PythonSource;
import org.labharness.pipeline.document.TreeReader;

/** What the code imports and neither Python nor the submission itself brings. */
final class ImportedPackages {
    private static final Set<String> SKIPPED =
            Set.of(".dvc", "venv", ".venv", "env", "node_modules", "site-packages", "__pycache__", "mlruns");
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_FILES = 200;

    private ImportedPackages() {}

    /** Adds the packages that are known to bring what is imported, and what those import late; the others are only named. */
    static void declare(TreeReader tree, Declarations into) {
        List<String> files = tree.list("", MOST_ENTRIES, SKIPPED).files().stream()
                .map(TreeReader.FoundFile::path)
                .filter(path -> path.endsWith(".py"))
                .toList();
        Set<String> own = own(files);
        Map<String, Place> modules = new TreeMap<>();
        LatePackages late = new LatePackages();
        for (String file : files.stream().limit(MOST_FILES).toList()) {
            tree.text(file, PythonSource.LONGEST).ifPresent(text -> {
                PythonSource source = PythonSource.of(text.content());
                PythonImports.of(file, source).stream()
                        .filter(each -> !own.contains(each.module())
                                && !KnownPackages.get().isStandard(each.module()))
                        .forEach(each -> modules.putIfAbsent(each.whole(), each.where()));
                late.read(file, source);
            });
        }
        modules.forEach((module, where) -> {
            Optional<String> known = KnownPackages.get().ofImport(module);
            if (known.isPresent()) {
                into.suggest(known.get(), where);
            } else {
                into.setAside(new Aside(
                        "import " + module,
                        where,
                        Why.UNKNOWN_IMPORT,
                        "asks for a package that the harness cannot name for certain; nothing was installed for it",
                        false));
            }
        });
        late.asked(modules.keySet()).forEach(into::suggest);
    }

    /** Any folder may be on Python's path, so every module and folder of the tree counts as the submission's own. */
    static Set<String> own(List<String> files) {
        Set<String> own = new HashSet<>();
        for (String file : files) {
            own.addAll(List.of(file.substring(0, file.length() - ".py".length()).split("/", -1)));
        }
        return own;
    }
}
