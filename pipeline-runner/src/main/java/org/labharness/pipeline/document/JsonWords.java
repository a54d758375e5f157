package org.labharness.pipeline.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.stream.Collectors;

/** Writes JSON. */
public final class JsonWords {
    private JsonWords() {}

    /** A text, in quotes. */
    public static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /** A document as it would stand in JSON. */
    public static String of(Doc doc) {
        return switch (doc) {
            case Doc.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ":" + of(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Doc.Sequence sequence ->
                sequence.items().stream().map(JsonWords::of).collect(Collectors.joining(",", "[", "]"));
            case Doc.Scalar scalar ->
                switch (scalar.kind()) {
                    case NULL -> "null";
                    case STRING -> quoted(scalar.text());
                    case BOOLEAN, INTEGER, FLOAT -> scalar.text();
                };
        };
    }
}
