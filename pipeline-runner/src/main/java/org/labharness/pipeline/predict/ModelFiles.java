package org.labharness.pipeline.predict;

import org.labharness.pipeline.evidence.ModelOrigin;

/** What came of looking for a model's files. */
public sealed interface ModelFiles {
    /** They were copied. */
    record Copied(ModelOrigin origin) implements ModelFiles {}

    /** @param words the end of a sentence that says what was seen */
    record NotThere(String words) implements ModelFiles {}
}
