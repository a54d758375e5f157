package org.labharness.pipeline.environment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.document.TreeReader;

/** What setup.cfg and setup.py declare. setup.py is read, never run: lists of plain texts count, whatever is computed does not. */
final class SetupFiles {
    private static final int LARGEST = 1 << 18;

    private final TreeReader tree;
    private final Declarations into;
    private final String folder;

    SetupFiles(TreeReader tree, Declarations into, String folder) {
        this.tree = tree;
        this.into = into;
        this.folder = folder;
    }

    void read() {
        configuration(at("setup.cfg"));
        script(at("setup.py"));
    }

    private String at(String file) {
        return folder.isEmpty() ? file : folder + "/" + file;
    }

    /** {@code install_requires} under {@code [options]}: on the same line, or one a line below, indented. */
    private void configuration(String file) {
        Optional<Text> text = tree.text(file, LARGEST);
        if (text.isEmpty()) {
            return;
        }
        List<String> lines = text.get().content().lines().toList();
        String section = "";
        String key = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String plain = line.replaceFirst("(^|\\s)#.*$", "").strip();
            if (line.startsWith("[")) {
                section = plain;
                key = "";
            } else if (!plain.isEmpty() && section.equals("[options]")) {
                boolean more = Character.isWhitespace(line.charAt(0));
                String value = plain;
                if (!more) {
                    int equals = plain.indexOf('=');
                    key = equals < 0 ? "" : plain.substring(0, equals).strip();
                    value = equals < 0 ? "" : plain.substring(equals + 1).strip();
                }
                setting(key, value, new Place(file, i + 1));
            }
        }
    }

    private void setting(String key, String value, Place where) {
        if (value.isEmpty()) {
            return;
        }
        if (key.equals("python_requires")) {
            into.askForPython(value);
        } else if (key.equals("install_requires")) {
            into.readFrom(where.path());
            if (value.startsWith("file:")) {
                RelativePath.resolve(folder, value.substring("file:".length()).strip())
                        .ifPresent(path -> new RequirementsFile(tree, into).read(path));
            } else {
                into.add(value, where);
            }
        }
    }

    private void script(String file) {
        Optional<Text> text = tree.text(file, LARGEST);
        if (text.isEmpty() || !(PythonSource.of(text.get().content()) instanceof PythonSource.Module module)) {
            return;
        }
        Map<String, PythonValue> named = new HashMap<>();
        module.assignments().forEach(one -> named.putIfAbsent(one.target(), one.value()));
        for (PythonSource.Call call : module.calls()) {
            if (call.callee().equals("setup") || call.callee().endsWith(".setup")) {
                texts(call.keywords().get("python_requires"), named).forEach(one -> into.askForPython(one.text()));
                for (PythonValue.Text one : texts(call.keywords().get("install_requires"), named)) {
                    into.readFrom(file);
                    into.add(one.text(), new Place(file, one.line()));
                }
            }
        }
    }

    /** The plain texts of a value, looked up once where it is a name. */
    private static List<PythonValue.Text> texts(@Nullable PythonValue value, Map<String, PythonValue> named) {
        PythonValue found = value instanceof PythonValue.Name name ? named.get(name.dotted()) : value;
        return switch (found) {
            case PythonValue.Text text -> List.of(text);
            case PythonValue.Items items ->
                items.items().stream()
                        .filter(PythonValue.Text.class::isInstance)
                        .map(PythonValue.Text.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }
}
