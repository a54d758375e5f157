package org.labharness.pipeline.serve;

/** No form of answers can be had of a document; the message is the end of a sentence. */
final class UnusableSchema extends Exception {
    private static final long serialVersionUID = 1;

    UnusableSchema(String message) {
        super(message);
    }

    UnusableSchema(String message, Throwable cause) {
        super(message, cause);
    }
}
