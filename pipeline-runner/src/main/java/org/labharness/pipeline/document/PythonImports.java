package org.labharness.pipeline.document;

import java.util.ArrayList;
import java.util.List;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource.Import;
import org.labharness.pipeline.document.PythonSource.Module;

/** The modules that Python files import, by a real parser; relative imports are left out, for they name the submission's own files. */
public final class PythonImports {
    private PythonImports() {}

    /**
     * An import of one module.
     *
     * @param module its first name: {@code sklearn} of {@code from sklearn.tree import DecisionTreeClassifier}
     * @param whole the module as written: {@code sklearn.tree}
     * @param optional whether the file goes on without it (inside {@code try} with a handler, or for type checkers only)
     */
    public record Imported(String module, String whole, boolean optional, Place where) {}

    /** The imports of one file in their order; none where it cannot be parsed. */
    public static List<Imported> of(String path, PythonSource source) {
        List<Imported> found = new ArrayList<>();
        if (source instanceof Module module) {
            for (Import each : module.imports()) {
                if (each.level() == 0 && !each.module().isEmpty()) {
                    found.add(new Imported(
                            each.module().split("\\.", 2)[0],
                            each.module(),
                            each.optional(),
                            new Place(path, each.line())));
                }
            }
        }
        return List.copyOf(found);
    }
}
