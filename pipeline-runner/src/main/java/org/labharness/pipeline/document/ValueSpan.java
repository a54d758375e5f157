package org.labharness.pipeline.document;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a value stands in the text of a params or configuration file, in characters: whoever changes it leaves everything else as it
 * is, comments, and values that another reader of the format takes for something else.
 *
 * @param end exclusive
 */
public record ValueSpan(int start, int end) {
    /**
     * Finds a value.
     *
     * @param path the file's, whose name tells its form
     * @param dotted {@code train.trees}, {@code layers.0}
     * @return empty where there is none, or no plain one: a list, say, or what an alias stands for
     */
    public static Optional<ValueSpan> find(String path, String text, String dotted) {
        return Optional.ofNullable(find(path, text, Set.of(dotted)).get(dotted));
    }

    /** Finds several values in one go, by their names; those that there are, of two with the same name the first. */
    public static Map<String, ValueSpan> find(String path, String text, Set<String> dotted) {
        if (path.endsWith(".py")) {
            return AssignmentSpans.of(text, dotted);
        }
        return switch (Documents.Form.of(path)) {
            case YAML, JSON -> YamlSpans.of(text, dotted);
            case TOML, INI -> AssignmentSpans.of(text, dotted);
        };
    }

    /** The value as it is written. */
    public String in(String text) {
        return text.substring(start, end);
    }

    /** The text with another value in its place. */
    public String replaced(String text, String value) {
        return text.substring(0, start) + value + text.substring(end);
    }
}
