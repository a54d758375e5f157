package org.labharness.pipeline.document;

/**
 * How large a document may be before it is called unreadable.
 *
 * @param bytes of the file
 * @param depth of nesting
 * @param nodes values, those that aliases repeat counted again
 * @param text characters of one value
 */
public record DocumentLimits(int bytes, int depth, int nodes, int text) {
    public static final DocumentLimits DEFAULT = new DocumentLimits(8 << 20, 64, 200_000, 1 << 20);

    /** Deeper nesting could overflow the stack of code that walks a document. */
    private static final int DEEPEST = 200;

    public DocumentLimits {
        if (bytes < 1 || depth < 1 || depth > DEEPEST || nodes < 1 || text < 1) {
            throw new IllegalArgumentException("limits are positive and depth is at most " + DEEPEST);
        }
    }
}
