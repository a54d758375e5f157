package org.labharness.pipeline.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A value in a document that a student wrote, with the line it stands on. Never deeper than {@link DocumentLimits#depth()}, so
 * recursion over it is safe.
 */
public sealed interface Doc {
    /** From 1. */
    int line();

    /** The value under a key; empty where this is no mapping or has no such key. */
    default Optional<Doc> get(String key) {
        return this instanceof Mapping mapping
                ? Optional.ofNullable(mapping.entries().get(key))
                : Optional.empty();
    }

    /** The mapping under a key, an empty one where there is none. */
    default Mapping mapping(String key) {
        return get(key).filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .orElse(Mapping.EMPTY);
    }

    /** The value that dots lead to ({@code train.trees}, {@code layers.0}), as DVC reads parameter names. */
    default Optional<Doc> at(String dotted) {
        Optional<Doc> whole = get(dotted);
        if (whole.isPresent()) {
            return whole;
        }
        Optional<Doc> here = Optional.of(this);
        for (String part : dotted.split("\\.", -1)) {
            here = here.flatMap(doc -> doc.child(part));
        }
        return here;
    }

    private Optional<Doc> child(String part) {
        if (this instanceof Sequence sequence && part.matches("[0-9]{1,6}")) {
            int index = Integer.parseInt(part);
            return index < sequence.items().size()
                    ? Optional.of(sequence.items().get(index))
                    : Optional.empty();
        }
        return get(part);
    }

    /** The text of a scalar other than null. */
    default Optional<String> string() {
        return this instanceof Scalar scalar && scalar.kind() != ScalarKind.NULL
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** The items of a sequence; one item for a scalar other than null; none for all else. */
    default List<Doc> items() {
        return switch (this) {
            case Sequence sequence -> sequence.items();
            case Mapping mapping -> List.of();
            case Scalar scalar -> scalar.kind() == ScalarKind.NULL ? List.of() : List.of(scalar);
        };
    }

    /** Whether a scalar says true. */
    default boolean isTrue() {
        return this instanceof Scalar scalar
                && scalar.kind() == ScalarKind.BOOLEAN
                && scalar.text().equalsIgnoreCase("true");
    }

    /** Equal as Python compares values: lines do not matter, nor the order of keys, and 1 equals 1.0. */
    default boolean sameValue(Doc other) {
        return SameValue.of(this, other);
    }

    /** The value on one line, in the manner of JSON, for messages; long ones are cut. */
    default String brief() {
        return Brief.of(this);
    }

    /**
     * Keys and values in file order.
     *
     * @param keyLines the line of each key
     */
    record Mapping(Map<String, Doc> entries, Map<String, Integer> keyLines, int line) implements Doc {
        static final Mapping EMPTY = new Mapping(Map.of(), Map.of(), 0);

        /** A mapping without entries. */
        public static Mapping empty() {
            return EMPTY;
        }

        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keyLines = Map.copyOf(keyLines);
        }

        /** The line of a key; the mapping's own where there is no such key. */
        public int lineOf(String key) {
            return keyLines.getOrDefault(key, line);
        }
    }

    /** Values in their order. */
    record Sequence(List<Doc> items, int line) implements Doc {
        public Sequence {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }
    }

    /** One value, as written, quotes and escapes resolved. */
    record Scalar(ScalarKind kind, String text, int line) implements Doc {
        /** The number this is; not-a-number and infinities included. */
        public OptionalDouble number() {
            return Numbers.parse(kind, text);
        }
    }

    /** What a scalar is. */
    enum ScalarKind {
        NULL,
        BOOLEAN,
        INTEGER,
        FLOAT,
        STRING
    }
}
