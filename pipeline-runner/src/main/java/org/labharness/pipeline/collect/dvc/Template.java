package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Scalar;

/** The values that {@code ${...}} may name in a stage, the innermost first. */
final class Template {
    private static final int LONGEST = 100_000;

    private final List<Doc> scopes;
    private boolean failed;

    Template(List<Doc> scopes) {
        this.scopes = List.copyOf(scopes);
    }

    Template with(Doc innermost) {
        List<Doc> more = new ArrayList<>();
        more.add(innermost);
        more.addAll(scopes);
        return new Template(more);
    }

    /** Whether something could not be resolved by any call so far. */
    boolean failed() {
        return failed;
    }

    /** Replaces each {@code ${name}}; what cannot be resolved stays as it is. */
    String resolve(String text) {
        if (!text.contains("${")) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            int end = text.indexOf('}', at);
            if (end < 0 || out.length() > LONGEST) {
                failed = true;
                break;
            }
            out.append(text, from, at);
            String whole = text.substring(at, end + 1);
            if (at > 0 && text.charAt(at - 1) == '\\') {
                out.setLength(out.length() - 1);
                out.append(whole);
            } else {
                out.append(value(whole).map(this::scalar).orElseGet(() -> unresolved(whole)));
            }
            from = end + 1;
        }
        return out.append(text, from, text.length()).toString();
    }

    /** The value that a text stands for which is nothing but one {@code ${name}}. */
    Optional<Doc> value(String text) {
        String bare = text.strip();
        if (!bare.startsWith("${") || !bare.endsWith("}")) {
            return Optional.empty();
        }
        String name = bare.substring(2, bare.length() - 1).strip().replaceAll("\\[(\\d{1,6})]", ".$1");
        for (Doc scope : scopes) {
            Optional<Doc> found = scope.at(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private String scalar(Doc doc) {
        if (doc instanceof Scalar scalar) {
            return PythonText.of(scalar);
        }
        failed = true;
        return doc.brief();
    }

    private String unresolved(String whole) {
        failed = true;
        return whole;
    }
}
