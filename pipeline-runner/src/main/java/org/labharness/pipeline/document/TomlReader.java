package org.labharness.pipeline.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.DocBuilder.TooLarge;
import org.labharness.pipeline.document.Parsed.Unreadable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** TOML. The library's parser recurses, so the text is looked over for its depth first. */
final class TomlReader {
    /** The grammar's parser is slow and keeps every letter of a string as a node: 200 bytes and more for each character. */
    private static final int LONGEST = 400_000;

    private final DocBuilder builder;

    private TomlReader(DocumentLimits limits) {
        builder = new DocBuilder(limits);
    }

    static Parsed read(String whole, DocumentLimits limits) {
        String text = FileLists.blanked(whole);
        if (text.length() - text.chars().filter(letter -> letter == '\n').count() > LONGEST) {
            return new Unreadable("longer than " + LONGEST + " characters, lists of files not counted", 0);
        }
        try {
            checkDepth(text, limits.depth());
            TomlParseResult result = Toml.parse(text);
            if (result.hasErrors()) {
                TomlParseError error = result.errors().getFirst();
                return new Unreadable(
                        "not valid TOML: " + error.getMessage(),
                        error.position().line());
            }
            TomlReader reader = new TomlReader(limits);
            reader.table(result, 1);
            return reader.builder.finish();
        } catch (TooLarge e) {
            return e.result();
        } catch (StackOverflowError e) {
            // the look over the text counts brackets only; the grammar may recurse elsewhere
            return new Unreadable("nested too deeply", 0);
        }
    }

    /** Counts brackets (in strings too: an upper bound) and the dots of a key on each line. */
    private static void checkDepth(String text, int depth) {
        int open = 0;
        int dots = 0;
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '[', '{' -> open++;
                case ']', '}' -> open = Math.max(0, open - 1);
                case '.' -> dots++;
                case '\n' -> {
                    line++;
                    dots = 0;
                }
                default -> {}
            }
            if (open > depth || dots > 100 * depth) {
                throw new TooLarge("nested deeper than " + depth + " levels", line);
            }
        }
    }

    private void table(TomlTable table, int line) {
        builder.startMapping(line);
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            TomlPosition position = table.inputPositionOf(List.of(entry.getKey()));
            int at = position == null ? line : position.line();
            builder.key(entry.getKey(), at);
            value(entry.getValue(), at);
        }
        builder.end();
    }

    private void array(TomlArray array, int line) {
        builder.startSequence(line);
        for (int i = 0; i < array.size(); i++) {
            value(array.get(i), array.inputPositionOf(i).line());
        }
        builder.end();
    }

    private void value(@Nullable Object value, int line) {
        switch (value) {
            case null -> builder.scalar(ScalarKind.NULL, "", line);
            case TomlTable table -> table(table, line);
            case TomlArray array -> array(array, line);
            case Long number -> builder.scalar(ScalarKind.INTEGER, number.toString(), line);
            case Double number -> builder.scalar(ScalarKind.FLOAT, number.toString(), line);
            case Boolean truth -> builder.scalar(ScalarKind.BOOLEAN, truth.toString(), line);
            default -> builder.scalar(ScalarKind.STRING, value.toString(), line);
        }
    }
}
