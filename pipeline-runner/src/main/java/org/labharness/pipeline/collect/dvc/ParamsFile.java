package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.DocumentLimits;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.document.TreeReader;

/** The values in a params file: YAML, JSON, TOML, or the plain assignments of a Python file. */
final class ParamsFile {
    private static final int LONGEST_LINE = 10_000;

    private ParamsFile() {}

    /** Empty where it is absent or cannot be read. */
    static Optional<Doc> read(TreeReader tree, String path) {
        if (path.endsWith(".py")) {
            return tree.text(path, DocumentLimits.DEFAULT.bytes())
                    .map(Text::content)
                    .map(ParamsFile::python);
        }
        return Documents.read(tree, path).document();
    }

    /** Assignments at the top and those directly in a class, as DVC takes them; other lines are passed over. */
    private static Doc python(String text) {
        Map<String, Doc> top = new LinkedHashMap<>();
        Map<String, Map<String, Doc>> classes = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank() || line.length() > LONGEST_LINE) {
                continue;
            }
            boolean indented = Character.isWhitespace(line.charAt(0));
            if (!indented) {
                open.clear();
            }
            String bare = line.strip();
            if (!indented && bare.startsWith("class ")) {
                open.add(bare.substring(6).split("[(:]", 2)[0].strip());
            } else if (!indented || !open.isEmpty()) {
                Map<String, Doc> target =
                        indented ? classes.computeIfAbsent(open.getFirst(), key -> new LinkedHashMap<>()) : top;
                assign(bare, target);
            }
        }
        classes.forEach((name, values) -> top.put(name, new Mapping(values, Map.of(), 0)));
        return new Mapping(top, Map.of(), 1);
    }

    private static void assign(String line, Map<String, Doc> target) {
        int equals = line.indexOf('=');
        if (equals < 1 || line.startsWith("=", equals + 1)) {
            return;
        }
        String name = line.substring(0, equals).split(":", 2)[0].strip();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
            return;
        }
        String value = line.substring(equals + 1).strip();
        if (value.matches("[-+0-9._eE]+ *(?:#.*)?|True *(?:#.*)?|False *(?:#.*)?|[\\['\"{].*")) {
            String literal = value.startsWith("'") ? value.replace("\\\\", "\\") : value;
            Documents.parse(literal, Form.YAML, DocumentLimits.DEFAULT)
                    .document()
                    .ifPresent(doc -> target.put(name, doc));
        }
    }
}
