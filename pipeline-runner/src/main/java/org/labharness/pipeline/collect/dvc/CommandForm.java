package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.Doc.Sequence;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.TreeReader;

/**
 * How DVC writes a dictionary into a command; the two choices are those of {@code parsing} in its configuration.
 *
 * @param negated whether a value of false becomes {@code --no-name}, instead of nothing
 * @param appended whether an option is written again for each item of a list, instead of once before all
 */
record CommandForm(boolean negated, boolean appended) {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    static CommandForm of(TreeReader tree) {
        Mapping parsing = Documents.read(tree, ".dvc/config", Form.INI)
                .document()
                .map(config -> config.mapping("parsing"))
                .orElse(new Mapping(Map.of(), Map.of(), 0));
        return new CommandForm(
                parsing.get("bool")
                        .flatMap(Doc::string)
                        .filter("boolean_optional"::equals)
                        .isPresent(),
                parsing.get("list")
                        .flatMap(Doc::string)
                        .filter("append"::equals)
                        .isPresent());
    }

    /** Options of a command line; empty where a list holds lists or mappings. */
    Optional<String> options(Mapping mapping) {
        List<String> words = new ArrayList<>();
        return add("", mapping, words) ? Optional.of(String.join(" ", words)) : Optional.empty();
    }

    private boolean add(String prefix, Mapping mapping, List<String> words) {
        for (Map.Entry<String, Doc> entry : mapping.entries().entrySet()) {
            String name = prefix + entry.getKey();
            boolean added = switch (entry.getValue()) {
                case Mapping nested -> add(name + ".", nested, words);
                case Sequence sequence -> add(name, sequence, words);
                case Scalar scalar -> {
                    add(name, scalar, words);
                    yield true;
                }
            };
            if (!added) {
                return false;
            }
        }
        return true;
    }

    private void add(String name, Scalar scalar, List<String> words) {
        if (scalar.kind() != ScalarKind.BOOLEAN) {
            words.add("--" + name + " " + quoted(scalar));
        } else if (scalar.isTrue()) {
            words.add("--" + name);
        } else if (negated) {
            words.add("--no-" + name);
        }
    }

    private boolean add(String name, Sequence sequence, List<String> words) {
        List<String> items = new ArrayList<>();
        for (Doc item : sequence.items()) {
            if (!(item instanceof Scalar scalar)) {
                return false;
            }
            items.add(quoted(scalar));
        }
        if (appended) {
            items.forEach(item -> words.add("--" + name + " " + item));
        } else if (!items.isEmpty()) {
            words.add("--" + name + " " + String.join(" ", items));
        }
        return true;
    }

    /** As Python writes the value, in quotes for the shell where it needs them. */
    private static String quoted(Scalar scalar) {
        String text =
                scalar.kind() == ScalarKind.BOOLEAN ? (scalar.isTrue() ? "True" : "False") : PythonText.of(scalar);
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\"'\"'") + "'";
    }
}
