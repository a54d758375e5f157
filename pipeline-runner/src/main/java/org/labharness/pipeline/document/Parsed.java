package org.labharness.pipeline.document;

import java.util.List;
import java.util.Optional;

/** What came of reading a document. */
public sealed interface Parsed {
    /** The value that the document holds; empty where it is unreadable. */
    default Optional<Doc> document() {
        return switch (this) {
            case Read read -> Optional.of(read.root());
            case Unreadable unreadable -> Optional.empty();
        };
    }

    /** Why it cannot be read, with its line; empty where it can. */
    default Optional<String> failure() {
        return switch (this) {
            case Read read -> Optional.empty();
            case Unreadable unreadable -> Optional.of(unreadable.sentence());
        };
    }

    /** The odd things in a document that could be read. */
    default List<Note> oddities() {
        return switch (this) {
            case Read read -> read.notes();
            case Unreadable unreadable -> List.of();
        };
    }

    /** It could be read; an empty document is a null scalar. */
    record Read(Doc root, List<Note> notes) implements Parsed {
        public Read {
            notes = List.copyOf(notes);
        }
    }

    /**
     * It could not be read.
     *
     * @param problem without place: {@code mapping values are not allowed here}; one that begins with "is" is that of the line itself
     * @param line from 1; 0 where none can be named
     */
    record Unreadable(String problem, int line) implements Parsed {
        /** The problem with its line: {@code line 3: mapping values are not allowed here}. */
        public String sentence() {
            return line == 0 ? problem : at("line " + line);
        }

        /** The problem with its line and the file: {@code line 3 of params.yaml: mapping values are not allowed here}. */
        public String sentence(String path) {
            return at("line " + line + " of " + path);
        }

        private String at(String place) {
            return place + (problem.startsWith("is ") ? " " : ": ") + problem;
        }
    }

    /** Something odd in a document that can be read. */
    record Note(Oddity oddity, String key, int line) {}

    /** What can be odd. */
    enum Oddity {
        /** The last value counts. */
        DUPLICATE_KEY,
        /** NaN or Infinity where JSON has no such number. */
        NOT_A_NUMBER,
        /** Only the first of several documents in one file was read. */
        MORE_DOCUMENTS,
        /** A date or time without quotes, which other readers of YAML take for no text; the key is what is written. */
        DATE
    }
}
