package org.labharness.pipeline.environment;

import java.util.Set;
import org.labharness.lab.Place;

/**
 * A package of the submission's own, such as {@code -e .}.
 *
 * @param folder relative to the root; empty for the root itself
 * @param editable whether its modules are found where they lie in the tree, instead of being copied
 * @param declared what the student wrote
 */
record LocalPackage(String folder, Set<String> extras, boolean editable, String declared, Place where) {
    LocalPackage {
        extras = Set.copyOf(extras);
    }

    /** A file of it, relative to the root. */
    String file(String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
