package org.labharness.pipeline.intervene;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;

/** What a JSON document says, whatever its indentation, order of keys and forms of numbers. */
final class PlainDocument {
    /** Shorter ones are the same by chance. */
    private static final int SHORTEST = 40;

    private PlainDocument() {}

    /** Empty where a file is no JSON, or says too little to be told from another. */
    static Optional<String> of(TreeReader tree, String path) {
        return Documents.read(tree, path, Form.JSON)
                .document()
                .filter(doc -> !(doc instanceof Doc.Scalar))
                .map(PlainDocument::of)
                .filter(text -> text.length() >= SHORTEST);
    }

    private static String of(Doc doc) {
        StringBuilder text = new StringBuilder();
        write(doc, text);
        return text.toString();
    }

    private static void write(Doc doc, StringBuilder text) {
        switch (doc) {
            case Doc.Scalar scalar -> {
                OptionalDouble number = scalar.number();
                text.append(
                                scalar.kind() == Doc.ScalarKind.NULL || number.isPresent()
                                        ? ""
                                        : scalar.kind().name())
                        .append(' ')
                        .append(number.isPresent() ? Double.toString(number.getAsDouble()) : scalar.text())
                        .append('\n');
            }
            case Doc.Mapping mapping -> {
                text.append("{\n");
                new TreeMap<>(mapping.entries()).forEach((key, value) -> {
                    text.append(key).append('\n');
                    write(value, text);
                });
                text.append("}\n");
            }
            case Doc.Sequence sequence -> {
                text.append("[\n");
                sequence.items().forEach(item -> write(item, text));
                text.append("]\n");
            }
        }
    }
}
