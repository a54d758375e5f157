package org.labharness.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads YAML under bounds. Size, nesting and aliases are looked at event by event before nodes are composed, because composing
 * recurses.
 */
final class YamlText {
    static final int MAX_BYTES = 256 * 1024;
    static final int MAX_DEPTH = 20;

    private final Problems problems;

    YamlText(Problems problems) {
        this.problems = problems;
    }

    /** The document's root, or empty after a problem was noted. */
    Optional<Node> root(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            missing(file);
            return Optional.empty();
        }
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            problems.add(
                    "too-large",
                    0,
                    "The file has " + size + " bytes, a " + problems.kind() + "'s description at most " + MAX_BYTES
                            + ".",
                    "Put data and long texts into files of their own.");
            return Optional.empty();
        }
        return text(file).flatMap(this::compose);
    }

    private void missing(Path file) {
        Path inside = file.resolve(problems.kind() + ".yaml");
        String seen = Files.isDirectory(file)
                ? file + " is a folder."
                : Files.exists(file) ? file + " is no file." : "There is no file " + file + ".";
        String expected = "Expected a " + problems.kind() + "'s description at this place.";
        problems.add(
                "missing",
                0,
                seen,
                Files.isRegularFile(inside) ? expected + " Did you mean " + inside + "?" : expected);
    }

    private Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
        } catch (CharacterCodingException e) {
            problems.add("encoding", 0, "The file is no UTF-8 text.", "Save it with the encoding UTF-8.");
            return Optional.empty();
        }
    }

    private Optional<Node> compose(String text) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(problems.file()).build();
            if (!bounded(new Parse(settings).parseString(text))) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add("empty", 1, "The file holds nothing.", "Expected a mapping that starts with 'id: ...'.");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            problems.add(
                    "syntax", line, "This is no YAML: " + e.getProblem() + ".", "Look at quotes, indents, colons.");
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            problems.add(
                    "syntax",
                    line,
                    String.format(
                            Locale.ROOT,
                            "The file holds a character that YAML does not take (U+%04X).",
                            e.getCodePoint()),
                    "Remove it.");
        } catch (YamlEngineException e) {
            problems.add("syntax", 0, "This is no YAML: " + e.getMessage(), "Look at quotes, indents and colons.");
        }
        return Optional.empty();
    }

    private boolean bounded(Iterable<Event> events) {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            int line = event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
            depth += switch (event.getEventId()) {
                case MappingStart, SequenceStart -> 1;
                case MappingEnd, SequenceEnd -> -1;
                case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
            };
            documents += event.getEventId() == Event.ID.DocumentStart ? 1 : 0;
            if (depth > MAX_DEPTH) {
                problems.add(
                        "too-deep",
                        line,
                        "This nests deeper than " + MAX_DEPTH + " levels.",
                        "A " + problems.kind() + " needs five.");
                return false;
            }
            if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                problems.add(
                        "alias",
                        line,
                        "'" + node.getAnchor().get() + "' is an anchor or alias.",
                        "A " + problems.kind() + " is written without them: write the value where it is used.");
                return false;
            }
            if (documents > 1) {
                problems.add("documents", line, "A second document starts here.", "Expected one: remove the '---'.");
                return false;
            }
        }
        return true;
    }
}
