package org.labharness.pipeline.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.DocBuilder.TooLarge;
import org.labharness.pipeline.document.Parsed.Oddity;
import org.labharness.pipeline.document.Parsed.Unreadable;

/** JSON, with the NaN and Infinity that Python writes. */
final class JsonReader {
    private static final int LONGEST_NUMBER = 1_000;

    private JsonReader() {}

    static Parsed read(String text, DocumentLimits limits) {
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.text())
                        .maxNameLength(limits.text())
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .build();
        DocBuilder builder = new DocBuilder(limits);
        try (JsonParser parser = factory.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                accept(token, parser, builder);
                if (parser.getParsingContext().inRoot()) {
                    return end(parser, builder);
                }
            }
            return text.isBlank() ? new Unreadable("the file is empty", 0) : builder.finish();
        } catch (TooLarge e) {
            return e.result();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            return new Unreadable("not valid JSON: " + firstLine(e.getOriginalMessage()), line);
        } catch (IOException e) {
            return new Unreadable("not valid JSON: " + firstLine(String.valueOf(e.getMessage())), 0);
        }
    }

    private static Parsed end(JsonParser parser, DocBuilder builder) throws IOException {
        if (parser.nextToken() != null) {
            builder.note(
                    Oddity.MORE_DOCUMENTS, "", parser.currentTokenLocation().getLineNr());
        }
        return builder.finish();
    }

    private static void accept(JsonToken token, JsonParser parser, DocBuilder builder) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        switch (token) {
            case START_OBJECT -> builder.startMapping(line);
            case START_ARRAY -> builder.startSequence(line);
            case END_OBJECT, END_ARRAY -> builder.end();
            case FIELD_NAME -> builder.key(parser.currentName(), line);
            case VALUE_STRING -> builder.scalar(ScalarKind.STRING, parser.getText(), line);
            case VALUE_NUMBER_INT -> builder.scalar(ScalarKind.INTEGER, parser.getText(), line);
            case VALUE_NUMBER_FLOAT -> {
                if (parser.isNaN()) {
                    builder.note(Oddity.NOT_A_NUMBER, parser.getText(), line);
                }
                builder.scalar(ScalarKind.FLOAT, parser.getText(), line);
            }
            case VALUE_TRUE, VALUE_FALSE -> builder.scalar(ScalarKind.BOOLEAN, parser.getText(), line);
            case VALUE_NULL -> builder.scalar(ScalarKind.NULL, "", line);
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new TooLarge("not valid JSON", line);
        }
    }

    private static String firstLine(String message) {
        String text = String.valueOf(message);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
