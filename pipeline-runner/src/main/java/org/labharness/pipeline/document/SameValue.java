package org.labharness.pipeline.document;

import java.util.Iterator;
import java.util.Map;
import java.util.OptionalDouble;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.Sequence;

/** Compares documents as Python compares dicts, lists and numbers. */
final class SameValue {
    private SameValue() {}

    static boolean of(Doc one, Doc other) {
        return switch (one) {
            case Mapping mapping -> other instanceof Mapping second && sameEntries(mapping, second);
            case Sequence sequence -> other instanceof Sequence second && sameItems(sequence, second);
            case Scalar scalar -> other instanceof Scalar second && sameScalar(scalar, second);
        };
    }

    private static boolean sameEntries(Mapping one, Mapping other) {
        if (!one.entries().keySet().equals(other.entries().keySet())) {
            return false;
        }
        for (Map.Entry<String, Doc> entry : one.entries().entrySet()) {
            Doc second = other.entries().get(entry.getKey());
            if (second == null || !of(entry.getValue(), second)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameItems(Sequence one, Sequence other) {
        if (one.items().size() != other.items().size()) {
            return false;
        }
        Iterator<Doc> others = other.items().iterator();
        return one.items().stream().allMatch(item -> of(item, others.next()));
    }

    private static boolean sameScalar(Scalar one, Scalar other) {
        OptionalDouble first = one.number();
        OptionalDouble second = other.number();
        if (first.isPresent() && second.isPresent()) {
            return first.getAsDouble() == second.getAsDouble()
                    || (Double.isNaN(first.getAsDouble()) && Double.isNaN(second.getAsDouble()));
        }
        return one.kind() == other.kind()
                && switch (one.kind()) {
                    case NULL -> true;
                    case BOOLEAN -> one.text().equalsIgnoreCase(other.text());
                    case INTEGER, FLOAT, STRING -> one.text().equals(other.text());
                };
    }
}
