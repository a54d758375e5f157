package org.labharness.pipeline.document;

import java.util.LinkedHashMap;
import java.util.Map;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.DocBuilder.TooLarge;
import org.labharness.pipeline.document.Parsed.Unreadable;

/**
 * INI files as Git, DVC and pip write them: sections, {@code key = value}, comments; all values are text. What stands before the first
 * section, or in a file without any, is the section without a name.
 */
final class IniReader {
    private IniReader() {}

    private record Value(String text, int line) {}

    static Parsed read(String text, DocumentLimits limits) {
        Map<String, Map<String, Value>> sections = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        Map<String, Value> current = new LinkedHashMap<>();
        Map<String, Value> before = current;
        int number = 0;
        for (String raw : (Iterable<String>) text.lines()::iterator) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (!line.endsWith("]")) {
                    return new Unreadable("the section's name does not end with ]", number);
                }
                String name = name(line.substring(1, line.length() - 1));
                lines.putIfAbsent(name, number);
                current = sections.computeIfAbsent(name, key -> new LinkedHashMap<>());
                continue;
            }
            int equals = line.indexOf('=');
            String key = equals < 0 ? line : line.substring(0, equals).strip();
            String value = equals < 0 ? "" : line.substring(equals + 1).strip();
            current.put(key, new Value(value, number));
        }
        if (!before.isEmpty()) {
            sections.put("", before);
        }
        return build(sections, lines, limits);
    }

    /** DVC writes {@code ['remote "x"']}, Git {@code [remote "x"]}. */
    private static String name(String inside) {
        String name = inside.strip();
        return name.length() > 1 && name.startsWith("'") && name.endsWith("'")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    private static Parsed build(
            Map<String, Map<String, Value>> sections, Map<String, Integer> lines, DocumentLimits limits) {
        DocBuilder builder = new DocBuilder(limits);
        try {
            builder.startMapping(1);
            sections.forEach((name, values) -> {
                int line = lines.getOrDefault(name, 1);
                builder.key(name, line);
                builder.startMapping(line);
                values.forEach((key, value) -> {
                    builder.key(key, value.line());
                    builder.scalar(ScalarKind.STRING, value.text(), value.line());
                });
                builder.end();
            });
            builder.end();
            return builder.finish();
        } catch (TooLarge e) {
            return e.result();
        }
    }
}
