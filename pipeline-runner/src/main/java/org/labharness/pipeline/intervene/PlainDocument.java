package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;

/** What a document says, whether it is JSON, YAML or TOML, whatever its indentation, order of keys and forms of numbers. */
final class PlainDocument {
    /** Shorter ones are the same by chance. */
    private static final int SHORTEST = 40;

    private static final int BEGIN = 4_096;
    /** What may stand above a YAML document, and how one begins. */
    private static final String YAML =
            "(?s)(?:(?:#|%|---)[^\\n]*\\n|\\s*\\n)*+ *+(?:- .+|[\"']?[\\w./ -]{1,100}[\"']? *:(?:\\s.*)?)";

    private PlainDocument() {}

    /** Empty where a file is no document, or says too little to be told from another. */
    static Optional<String> of(TreeReader tree, String path) {
        return form(tree, path).flatMap(form -> of(tree, path, form));
    }

    /** The same of a file whose form is known. */
    static Optional<String> of(TreeReader tree, String path, Form form) {
        return document(tree, path, form)
                .filter(doc -> !(doc instanceof Doc.Scalar))
                .map(PlainDocument::of)
                .filter(text -> text.length() >= SHORTEST);
    }

    /** What a file may be, by its beginning; empty where it is no document. Only of TOML the end of the name tells: of a copy it says nothing. */
    static Optional<Form> form(TreeReader tree, String path) {
        if (Form.of(path) == Form.TOML) {
            return Optional.of(Form.TOML);
        }
        try (InputStream in = tree.stream(path)) {
            String begin = new String(in.readNBytes(BEGIN), StandardCharsets.UTF_8);
            String first = begin.strip();
            if (first.startsWith("{") || first.startsWith("[")) {
                return Optional.of(Form.JSON);
            }
            return begin.matches(YAML) ? Optional.of(Form.YAML) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** YAML may begin as JSON does. */
    private static Optional<Doc> document(TreeReader tree, String path, Form form) {
        Optional<Doc> document = Documents.read(tree, path, form).document();
        return form == Form.JSON
                ? document.or(() -> Documents.read(tree, path, Form.YAML).document())
                : document;
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
                                number.isPresent()
                                        ? Double.toString(number.getAsDouble())
                                        : switch (scalar.kind()) {
                                            case NULL -> "NULL";
                                            case BOOLEAN ->
                                                "BOOLEAN " + scalar.text().toLowerCase(Locale.ROOT);
                                            case STRING -> "STRING " + scalar.text();
                                            case INTEGER, FLOAT -> scalar.text();
                                        })
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
