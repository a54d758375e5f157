package org.labharness.pipeline.document;

import java.util.Map;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.Doc.Sequence;

/** Writes a document on one short line. */
final class Brief {
    private static final int LONGEST = 80;

    private final StringBuilder out = new StringBuilder();

    private Brief() {}

    static String of(Doc doc) {
        if (doc instanceof Scalar scalar) {
            return cut(plain(scalar));
        }
        Brief brief = new Brief();
        brief.write(doc);
        return cut(brief.out.toString());
    }

    private void write(Doc doc) {
        if (out.length() > LONGEST) {
            return;
        }
        switch (doc) {
            case Scalar scalar ->
                out.append(scalar.kind() == ScalarKind.STRING ? "'" + scalar.text() + "'" : plain(scalar));
            case Sequence sequence -> {
                String separator = "[";
                for (Doc item : sequence.items()) {
                    out.append(separator);
                    write(item);
                    separator = ", ";
                }
                out.append(sequence.items().isEmpty() ? "[]" : "]");
            }
            case Mapping mapping -> {
                String separator = "{";
                for (Map.Entry<String, Doc> entry : mapping.entries().entrySet()) {
                    out.append(separator).append(entry.getKey()).append(": ");
                    write(entry.getValue());
                    separator = ", ";
                }
                out.append(mapping.entries().isEmpty() ? "{}" : "}");
            }
        }
    }

    private static String plain(Scalar scalar) {
        return scalar.kind() == ScalarKind.NULL ? "null" : scalar.text();
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
