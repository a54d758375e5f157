package org.labharness.pipeline.document;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a value stands in the text of a params or configuration file, in characters: whoever changes it leaves everything else as it
 * is, comments, and values that another reader of the format takes for something else.
 *
 * @param end exclusive
 * @param value as it is written, there or where an alias or a merge takes it from
 * @param before what has to stand between the start and another value
 * @param after what has to follow on another value
 */
public record ValueSpan(int start, int end, String value, String before, String after) {
    static ValueSpan of(String text, int start, int end) {
        return new ValueSpan(start, end, text.substring(start, end), "", "");
    }

    /**
     * Finds a value.
     *
     * @param path the file's, whose name tells its form
     * @param dotted {@code train.trees}, {@code layers.0}
     * @return empty where there is none, or no plain one: a list, say, or a part of what an alias stands for
     */
    public static Optional<ValueSpan> find(String path, String text, String dotted) {
        return Optional.ofNullable(find(path, text, Set.of(dotted)).get(dotted));
    }

    /** Finds several values in one go, by their names; those that there are, of two with the same name the one that counts. */
    public static Map<String, ValueSpan> find(String path, String text, Set<String> dotted) {
        if (path.endsWith(".py")) {
            return PythonSpans.of(text, dotted);
        }
        if (isEnvironment(path)) {
            return AssignmentSpans.environment(text, dotted);
        }
        return switch (Documents.Form.of(path)) {
            case YAML, JSON -> YamlSpans.of(text, dotted);
            case TOML -> TomlSpans.of(text, dotted);
            case INI -> AssignmentSpans.ini(text, dotted);
        };
    }

    /** Whether all values of a file are text, so that quotes around one would belong to it. */
    public static boolean isText(String path) {
        return isEnvironment(path) || Documents.Form.of(path) == Documents.Form.INI;
    }

    private static boolean isEnvironment(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.endsWith(".env") || name.startsWith(".env.");
    }

    /** The text with another value in its place. */
    public String replaced(String text, String other) {
        return text.substring(0, start) + before + other + after + text.substring(end);
    }
}
