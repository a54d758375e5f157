package org.labharness.pipeline.environment;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource;
import org.labharness.pipeline.environment.KnownPackages.Late;

/** Packages that libraries import only once they are asked for something: {@code pandas} asks for {@code pyarrow} in {@code to_parquet}. */
final class LatePackages {
    /** Whatever is called, by its dotted name, with the first place of each. */
    private final Map<String, Place> calls = new TreeMap<>();

    void read(String file, PythonSource source) {
        if (source instanceof PythonSource.Module module) {
            module.calls().forEach(call -> calls.putIfAbsent(call.callee(), new Place(file, call.line())));
            module.imports()
                    .forEach(
                            each -> calls.putIfAbsent(each.module() + "." + each.name(), new Place(file, each.line())));
        }
    }

    /**
     * The packages that are asked for, and where.
     *
     * @param modules what the files import, dotted as written
     */
    Map<String, Place> asked(Set<String> modules) {
        Map<String, Place> found = new TreeMap<>();
        for (Late late : KnownPackages.get().late()) {
            if (modules.stream()
                    .anyMatch(module -> within(module, late.library().split("\\.", 2)[0]))) {
                calls.forEach((called, where) -> {
                    if (asks(called, late)) {
                        found.putIfAbsent(late.name(), where);
                    }
                });
            }
        }
        return found;
    }

    private static boolean asks(String called, Late late) {
        return late.asking().equals("*") ? within(called, late.library()) : called.endsWith("." + late.asking());
    }

    private static boolean within(String name, String library) {
        return name.equals(library) || name.startsWith(library + ".");
    }
}
