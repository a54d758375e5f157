package org.labharness.pipeline.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.DocBuilder.Built;
import org.labharness.pipeline.document.DocBuilder.TooLarge;
import org.labharness.pipeline.document.Parsed.Oddity;
import org.labharness.pipeline.document.Parsed.Unreadable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2, core schema. Uses the parser's events only: the library's own composer recurses. */
final class YamlReader {
    private static final CoreSchema SCHEMA = new CoreSchema();
    private static final ScalarResolver RESOLVER = SCHEMA.getScalarResolver();

    /** A date, or a date with a time, as YAML's older schema knows them. */
    private static final Pattern DATE = Pattern.compile(
            "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \\t]{1,9})[0-9]{1,2}:[0-9]{2}:[0-9]{2}.{0,40})?");

    /** Underscores between digits, which Python's readers take for a number. */
    private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9]{1,99}(?:_[0-9]{1,99}){1,99}");

    private final DocBuilder builder;
    private final Map<String, Built> anchors = new HashMap<>();
    private final Deque<Optional<String>> openAnchors = new ArrayDeque<>();
    private int documents;

    private YamlReader(DocumentLimits limits) {
        builder = new DocBuilder(limits);
    }

    static Parsed read(String text, DocumentLimits limits) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(SCHEMA)
                .setCodePointLimit(limits.bytes())
                .setVersionFunction(version -> version)
                .build();
        YamlReader reader = new YamlReader(limits);
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (!reader.accept(event)) {
                    break;
                }
            }
            return reader.builder.finish();
        } catch (TooLarge e) {
            return e.result();
        } catch (MarkedYamlEngineException e) {
            return new Unreadable(
                    problem(e),
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0));
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // what the parser throws on text that it was not made for
            return new Unreadable("not readable as YAML (" + e.getMessage() + ")", 0);
        }
    }

    private static String problem(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        return context + String.valueOf(e.getProblem()).replaceAll("\\s+", " ").strip();
    }

    private boolean accept(Event event) {
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        switch (event.getEventId()) {
            case DocumentStart -> {
                documents++;
                if (documents > 1) {
                    builder.note(Oddity.MORE_DOCUMENTS, "", line);
                    return false;
                }
            }
            case MappingStart -> {
                rejectAsKey(line);
                openAnchors.push(anchor((NodeEvent) event));
                builder.startMapping(line);
            }
            case SequenceStart -> {
                rejectAsKey(line);
                openAnchors.push(anchor((NodeEvent) event));
                builder.startSequence(line);
            }
            case MappingEnd, SequenceEnd -> {
                Built built = builder.end();
                openAnchors.pop().ifPresent(name -> anchors.put(name, built));
            }
            case Scalar -> scalar((ScalarEvent) event, line);
            case Alias -> alias((AliasEvent) event, line);
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
        return true;
    }

    private void rejectAsKey(int line) {
        if (builder.expectsKey()) {
            throw new TooLarge("a list or mapping as a key is not supported", line);
        }
    }

    private static Optional<String> anchor(NodeEvent event) {
        return event.getAnchor().map(anchor -> anchor.getValue());
    }

    private void scalar(ScalarEvent event, int line) {
        ScalarKind kind = kind(event);
        anchor(event).ifPresent(name -> anchors.put(name, new Built(new Doc.Scalar(kind, event.getValue(), line), 1)));
        if (builder.expectsKey()) {
            builder.key(event.getValue(), line);
        } else {
            if (event.getScalarStyle() == ScalarStyle.PLAIN
                    && DATE.matcher(event.getValue()).matches()) {
                builder.note(Oddity.DATE, event.getValue(), line);
            }
            builder.scalar(kind, event.getValue(), line);
        }
    }

    private static ScalarKind kind(ScalarEvent event) {
        Tag tag = event.getTag()
                .map(Tag::new)
                .orElseGet(() -> RESOLVER.resolve(event.getValue(), event.getScalarStyle() == ScalarStyle.PLAIN));
        if (tag.equals(Tag.NULL)) {
            return ScalarKind.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return ScalarKind.BOOLEAN;
        }
        if (tag.equals(Tag.INT)) {
            return ScalarKind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return ScalarKind.FLOAT;
        }
        boolean grouped = event.getScalarStyle() == ScalarStyle.PLAIN
                && GROUPED.matcher(event.getValue()).matches();
        return grouped ? ScalarKind.INTEGER : ScalarKind.STRING;
    }

    private void alias(AliasEvent event, int line) {
        String name = event.getAlias().getValue();
        Built built = anchors.get(name);
        if (built == null) {
            throw new TooLarge("the alias *" + name + " stands for nothing that ends before it", line);
        }
        if (builder.expectsKey()) {
            builder.key(built.doc().string().orElse(""), line);
        } else {
            builder.repeat(built, line);
        }
    }
}
