package org.labharness.pipeline.document;

import java.util.Locale;
import org.labharness.pipeline.document.Parsed.Unreadable;

/** Reads documents that students wrote. What cannot be read is a result with words and a line, never an exception. */
public final class Documents {
    private Documents() {}

    /** Forms of documents. */
    public enum Form {
        YAML,
        JSON,
        TOML,
        INI;

        /** By the end of the file's name; YAML where it says nothing, as DVC takes it. */
        public static Form of(String path) {
            String name = path.toLowerCase(Locale.ROOT);
            if (name.endsWith(".json")) {
                return JSON;
            }
            if (name.endsWith(".toml")) {
                return TOML;
            }
            return name.endsWith(".ini") || name.endsWith(".cfg") ? INI : YAML;
        }
    }

    public static Parsed yaml(String text) {
        return parse(text, Form.YAML, DocumentLimits.DEFAULT);
    }

    public static Parsed json(String text) {
        return parse(text, Form.JSON, DocumentLimits.DEFAULT);
    }

    public static Parsed toml(String text) {
        return parse(text, Form.TOML, DocumentLimits.DEFAULT);
    }

    public static Parsed ini(String text) {
        return parse(text, Form.INI, DocumentLimits.DEFAULT);
    }

    public static Parsed parse(String text, Form form, DocumentLimits limits) {
        if (text.length() > limits.bytes()) {
            return new Unreadable("larger than " + limits.bytes() + " bytes", 0);
        }
        Parsed parsed = switch (form) {
            case YAML -> YamlReader.read(text, limits);
            case JSON -> JsonReader.read(text, limits);
            case TOML -> TomlReader.read(text, limits);
            case INI -> IniReader.read(text, limits);
        };
        // What a parser stumbles over is rarely the line that is the reason.
        return parsed instanceof Unreadable
                ? MergeConflict.in(text)
                        .<Parsed>map(conflict -> new Unreadable(conflict.problem(), conflict.line()))
                        .orElse(parsed)
                : parsed;
    }

    /** Reads a file of a tree; the form follows from its name. */
    public static Parsed read(TreeReader tree, String path) {
        return read(tree, path, Form.of(path));
    }

    public static Parsed read(TreeReader tree, String path, Form form) {
        return switch (tree.open(path, DocumentLimits.DEFAULT.bytes())) {
            case Opened.Absent absent -> new Unreadable("there is no " + path, 0);
            case Opened.Refused refused -> new Unreadable(refused.reason(), 0);
            case Opened.Content content -> {
                Text text = Text.decode(content.bytes());
                yield text.binary()
                        ? new Unreadable(path + " is no text", 0)
                        : parse(text.content(), form, DocumentLimits.DEFAULT);
            }
        };
    }
}
