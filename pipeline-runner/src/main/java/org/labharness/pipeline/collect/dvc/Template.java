package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.Doc.Sequence;

/** Puts values in the place of {@code ${...}}, as DVC does; what cannot be resolved stays as it is and is told. */
final class Template {
    private static final int LONGEST = 100_000;
    private static final String COMMAND = "cmd";

    private final Mapping values;
    private final CommandForm form;
    private final List<Failure> failures;

    /**
     * @param reason follows on a stage's name: {@code uses ${a}, which is ...}
     * @param line in dvc.yaml
     * @param elsewhere whether the reason is another file's, and names it and its line
     */
    record Failure(String reason, int line, boolean elsewhere) {
        Failure(String reason, int line) {
            this(reason, line, false);
        }
    }

    Template(Mapping values, CommandForm form) {
        this(values, form, new ArrayList<>());
    }

    private Template(Mapping values, CommandForm form, List<Failure> failures) {
        this.values = values;
        this.form = form;
        this.failures = failures;
    }

    /** With more values, which hide those of the same name, and with failures of its own. */
    Template with(Map<String, Doc> more) {
        Map<String, Doc> all = new LinkedHashMap<>(values.entries());
        all.putAll(more);
        return new Template(new Mapping(all, Map.of(), values.line()), form, new ArrayList<>());
    }

    Mapping values() {
        return values;
    }

    /** What could not be resolved by any call so far. */
    List<Failure> failures() {
        return List.copyOf(failures);
    }

    void fail(String reason, int line) {
        failures.add(new Failure(reason, line));
    }

    /** Every text in a stage, keys included; dictionaries are put into commands as options. */
    Doc resolve(Doc stage) {
        if (!(stage instanceof Mapping mapping)) {
            return stage;
        }
        Map<String, Doc> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key, resolve(value, key.equals(COMMAND))));
        return new Mapping(entries, mapping.keyLines(), mapping.line());
    }

    private Doc resolve(Doc doc, boolean command) {
        return switch (doc) {
            case Scalar scalar ->
                scalar.kind() == ScalarKind.STRING && scalar.text().contains("${")
                        ? new Scalar(ScalarKind.STRING, text(scalar.text(), scalar.line(), command), scalar.line())
                        : scalar;
            case Sequence sequence ->
                new Sequence(
                        sequence.items().stream()
                                .map(item -> resolve(item, command))
                                .toList(),
                        sequence.line());
            case Mapping mapping -> {
                Map<String, Doc> entries = new LinkedHashMap<>();
                Map<String, Integer> lines = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> {
                    String name = text(key, mapping.lineOf(key), false);
                    entries.put(name, resolve(value, command));
                    lines.put(name, mapping.lineOf(key));
                });
                yield new Mapping(entries, lines, mapping.line());
            }
        };
    }

    /** A text with its templates filled in. */
    String text(String text, int line) {
        return text(text, line, false);
    }

    private String text(String text, int line, boolean command) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            int end = text.indexOf('}', at);
            if (end < 0 || out.length() > LONGEST) {
                break;
            }
            out.append(text, from, at);
            String whole = text.substring(at, end + 1);
            if (at > 0 && text.charAt(at - 1) == '\\') {
                out.setLength(out.length() - 1);
                out.append(whole);
            } else {
                out.append(filled(whole, line, command));
            }
            from = end + 1;
        }
        return out.append(text, from, text.length()).toString();
    }

    private String filled(String whole, int line, boolean command) {
        Optional<Doc> value = value(whole);
        if (value.isEmpty()) {
            fail("uses " + whole + ", which is neither in params.yaml nor under 'vars:'", line);
            return whole;
        }
        return switch (value.get()) {
            case Scalar scalar -> PythonText.of(scalar);
            case Mapping mapping when command -> options(whole, mapping, line);
            case Mapping mapping -> {
                fail("uses " + whole + ", which is a mapping, where DVC takes only one value", line);
                yield whole;
            }
            case Sequence sequence -> {
                fail("uses " + whole + ", which is a list, where DVC takes only one value", line);
                yield whole;
            }
        };
    }

    private String options(String whole, Mapping mapping, int line) {
        return form.options(mapping).orElseGet(() -> {
            fail(
                    "uses " + whole + ", which holds a list of lists or mappings: DVC cannot put that into a command",
                    line);
            return whole;
        });
    }

    /** The value that a text stands for which is nothing but one {@code ${name}}. */
    Optional<Doc> value(String text) {
        String bare = text.strip();
        if (!bare.startsWith("${") || bare.indexOf('}') != bare.length() - 1) {
            return Optional.empty();
        }
        String name = bare.substring(2, bare.length() - 1).strip().replaceAll("\\[(\\d{1,6})]", ".$1");
        return name.isEmpty() ? Optional.empty() : values.at(name);
    }
}
