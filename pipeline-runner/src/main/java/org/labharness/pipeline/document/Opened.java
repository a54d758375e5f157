package org.labharness.pipeline.document;

import java.util.Optional;

/** What came of opening a file of a tree. */
public sealed interface Opened {
    /** Its bytes; empty where it is absent or was refused. */
    default Optional<byte[]> content() {
        return this instanceof Content content ? Optional.of(content.bytes) : Optional.empty();
    }

    /** A regular file below the root, read wholly. */
    final class Content implements Opened {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Not copied: the caller is the only owner. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /** Nothing is there. */
    record Absent() implements Opened {}

    /**
     * Something is there that will not be read.
     *
     * @param reason a sentence without full stop that names the path
     */
    record Refused(String reason) implements Opened {}
}
