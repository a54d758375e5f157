package org.labharness.pipeline.preflight;

import java.util.function.Consumer;
import org.labharness.lab.Finding;

/** Looks at a tree for one kind of thing that can go wrong. */
@FunctionalInterface
interface Quirk {
    /** Reads through the view only, and in time that grows no faster than the tree. */
    void look(TreeView view, Consumer<Finding> findings);
}
